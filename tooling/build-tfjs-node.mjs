// Builds the engine `tensorflow` where tfjs-node's own install cannot: tfjs-node 4.22 against the TensorFlow library of pip's `tensorflow-cpu`.
//
//   node tooling/build-tfjs-node.mjs FOLDER
//   NODE_PATH=FOLDER/node_modules npx polygan doctor
//
// Needs Linux on x64 or arm64, Python 3 with pip, g++ and make, and about 1.2 GB. Environment: PYTHON (default python3), and NODE_HEADERS, the
// folder whose include/node has the headers of this Node; without it node-gyp downloads them.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const TFJS_NODE = '4.22.0';
/** The version that was tried. The C interface of TensorFlow is stable, so others should do. */
const TENSORFLOW = '2.21.0';

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('Usage: node tooling/build-tfjs-node.mjs FOLDER');
  process.exit(2);
}
const root = path.resolve(folder);
const tfjsNode = path.join(root, 'node_modules', '@tensorflow', 'tfjs-node');
mkdirSync(root, { recursive: true });

const tensorflow = installTensorFlow();
installSources();
linkLibrary(tensorflow);
build();
shareTfjs();
console.log(`\nBuilt. Start programs with NODE_PATH=${path.join(root, 'node_modules')}`);

/** The folder of the Python package. Nothing of it is run, so its dependencies are left out. */
function installTensorFlow() {
  const target = path.join(root, 'python');
  const installed = path.join(target, 'tensorflow');
  if (!existsSync(installed)) {
    const python = process.env.PYTHON ?? 'python3';
    const flags = ['--quiet', '--no-deps', '--only-binary=:all:', '--target', target];
    run(python, ['-m', 'pip', 'install', ...flags, `tensorflow-cpu==${TENSORFLOW}`]);
  }
  return installed;
}

function installSources() {
  writeFileSync(
    path.join(root, 'package.json'),
    JSON.stringify({ private: true, dependencies: { '@tensorflow/tfjs-node': TFJS_NODE } }),
  );
  // Its install script would download a library.
  run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
}

/** Puts links where tfjs-node's install script puts the library that it downloads. */
function linkLibrary(tensorflow) {
  const deps = path.join(tfjsNode, 'deps');
  rmSync(deps, { recursive: true, force: true });
  mkdirSync(path.join(deps, 'lib'), { recursive: true });
  symlinkSync(path.join(tensorflow, 'include'), path.join(deps, 'include'));
  for (const file of readdirSync(tensorflow)) {
    const library = /^libtensorflow_(cc|framework)\.so\.\d+$/.exec(file);
    if (!library) continue;
    symlinkSync(path.join(tensorflow, file), path.join(deps, 'lib', file));
    // What the linker looks for. The C++ library has the C interface in it.
    const linked = library[1] === 'cc' ? 'libtensorflow.so' : 'libtensorflow_framework.so';
    symlinkSync(file, path.join(deps, 'lib', linked));
  }
}

function build() {
  const headers = process.env.NODE_HEADERS;
  const nodeGyp = ['install', '--build-from-source', ...(headers ? [`--nodedir=${headers}`] : [])];
  const env = { ...process.env, CXXFLAGS: '-std=c++17', ...(headers ? { npm_config_nodedir: headers } : {}) };
  run(path.join(root, 'node_modules', '.bin', 'node-pre-gyp'), nodeGyp, { cwd: tfjsNode, env });
}

/** Has tfjs-node use the TensorFlow.js of this workspace: two copies in one process get in each other's way. */
function shareTfjs() {
  const tfjs = createRequire(import.meta.url).resolve('@tensorflow/tfjs/package.json');
  const ours = createRequire(realpathSync(tfjs));
  const scope = path.join(root, 'node_modules', '@tensorflow');
  for (const name of readdirSync(scope).filter((name) => name !== 'tfjs-node')) {
    const link = path.join(scope, name);
    rmSync(link, { recursive: true, force: true });
    symlinkSync(path.dirname(name === 'tfjs' ? tfjs : ours.resolve(`@tensorflow/${name}/package.json`)), link);
  }
}

function run(command, parameters, options = {}) {
  execFileSync(command, parameters, { cwd: root, stdio: 'inherit', ...options });
}
