/**
 * Runs tfjs-core's own tests, which its npm package ships, on a backend: `node src/conformance/run.js [onnx|cpu|PROVIDER] [names]`, where PROVIDER
 * is one of ONNX Runtime's execution providers, such as `webgpu`, and `names` a regular expression for the names of tests.
 *
 * The tests are written against tfjs-core's ES modules, which Node cannot load as they are, so tests, tfjs-core and the
 * backend are bundled into one file first. Exits with 1 if a test fails that `expectations.js` does not know.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { knownFailures, skipped } from './expectations.js';

const require = createRequire(import.meta.url);
const here = dirname(fileURLToPath(import.meta.url));
const [, , backend = 'onnx', only] = process.argv;
const core = dirname(require.resolve('@tensorflow/tfjs-core/dist/index.js'));
const cpu = dirname(require.resolve('@tensorflow/tfjs-backend-cpu/dist/index.js'));
const onnx = join(here, '../index.ts');
const importBackend =
  { onnx: `import '${onnx}';`, cpu: `import '${join(cpu, 'index.js')}';` }[backend] ??
  `import { registerOnnxBackend } from '${onnx}'; registerOnnxBackend({ name: '${backend}', executionProviders: ['${backend}', 'cpu'] });`;

const setup = `
import { setTestEnvs } from '${join(core, 'jasmine_util.js')}';
import '${join(core, 'register_all_gradients.js')}';
import '${join(core, 'public/chained_ops/register_all_chained_ops.js')}';
${importBackend}
setTestEnvs([{ name: '${backend}', backendName: '${backend}', isDataSync: true }]);
`;

// jasmine-core's own bootstrap puts describe, it and the rest where the tests look for them.
const jasmineRequire = require('jasmine-core');
const jasmine = jasmineRequire.boot(jasmineRequire);
const jasmineEnv = jasmine.getEnv();

const folder = mkdtempSync(join(tmpdir(), 'tfjs-conformance-'));
try {
  const bundle = join(folder, 'tests.cjs');
  writeFileSync(join(folder, 'setup.js'), setup);
  await build({
    stdin: { contents: `import '${join(folder, 'setup.js')}'; import '${join(core, 'tests.js')}';`, resolveDir: here },
    outfile: bundle,
    bundle: true,
    // tfjs-core declares its tests free of side effects.
    ignoreAnnotations: true,
    platform: 'node',
    format: 'cjs',
    define: { 'import.meta.url': JSON.stringify(import.meta.url) },
    alias: { '@tensorflow/tfjs-core': core, '@tensorflow/tfjs-backend-cpu': cpu },
    external: ['onnxruntime-node', 'jasmine-core'],
    logLevel: 'error',
  });
  // The bundle finds its externals from this package.
  const module = { exports: {} };
  const source = readFileSync(bundle, 'utf8');
  new Function('require', 'module', 'exports', '__filename', '__dirname', source)(require, module, module.exports, bundle, here);
} finally {
  rmSync(folder, { recursive: true });
}

const print = (line) => process.stdout.write(`${line}\n`);
const reasonToSkip = (name) => skipped.find(({ names }) => names.test(name));
const counts = { passed: 0, failed: 0, pending: 0, known: 0 };
const skippedByReason = new Map();
const failures = [];
const started = performance.now();

jasmineEnv.configure({
  random: false,
  specFilter: (spec) => (only ? new RegExp(only).test(spec.getFullName()) : !reasonToSkip(spec.getFullName())),
});
jasmineEnv.addReporter({
  specDone({ fullName, status, failedExpectations }) {
    if (status === 'passed') counts.passed++;
    else if (status === 'failed') {
      const known = knownFailures.find(({ names }) => names.test(fullName));
      counts[known ? 'known' : 'failed']++;
      if (!known) failures.push(`${fullName}\n    ${failedExpectations[0]?.message.slice(0, 400).replaceAll('\n', '\n    ')}`);
    } else if (status === 'excluded') {
      const reason = reasonToSkip(fullName)?.reason ?? 'not asked for';
      skippedByReason.set(reason, (skippedByReason.get(reason) ?? 0) + 1);
    } else counts.pending++;
  },
  jasmineDone() {
    for (const failure of failures) print(`FAILED ${failure}`);
    for (const [reason, count] of skippedByReason) print(`skipped ${count}: ${reason}`);
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    const { passed, failed, known, pending } = counts;
    print(
      `${backend}: ${passed} passed, ${failed} failed, ${known} known to fail, ${pending} pending in tfjs itself, in ${seconds} s`,
    );
    process.exit(failed > 0 ? 1 : 0);
  },
});
jasmineEnv.execute();
