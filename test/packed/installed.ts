import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** An empty folder into which some of our packages were installed, as a stranger would from the registry. */
export interface Installed {
  readonly folder: string;
  /** Names of all packages in it, those that the package brought included. */
  readonly packages: readonly string[];
  /** Runs a program in the folder, which prints JSON. */
  run(file: string, program: string): unknown;
  /** Runs a command that was installed. */
  npx(command: string, ...args: readonly string[]): void;
}

/** Packs packages and those of ours that they need, and installs them, and no others, with npm. The folder is the caller's to remove. */
export function install(...names: readonly string[]): Installed {
  const folder = mkdtempSync(path.join(tmpdir(), 'polygan-packed-'));
  const tarballs = Object.entries(pack(names, path.join(folder, 'tarballs')));
  const [dependencies, overrides] = [true, false].map((wanted) =>
    Object.fromEntries(tarballs.filter(([name]) => names.includes(name) === wanted)),
  );
  const manifest = { private: true, dependencies, overrides };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  // onnxruntime-node would download libraries for NVIDIA GPUs from outside the registry.
  const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' };
  start('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'], folder, env);
  return {
    folder,
    packages: listPackages(path.join(folder, 'node_modules')),
    run(file, program) {
      writeFileSync(path.join(folder, file), program);
      return JSON.parse(execFileSync(process.execPath, [file], { cwd: folder, encoding: 'utf8' }));
    },
    npx(command, ...args) {
      start('npx', ['--no', command, ...args], folder);
    },
  };
}

/** The tarballs of packages and those of ours that they need, as file specifiers by package name. */
function pack(names: readonly string[], destination: string): Record<string, string> {
  mkdirSync(destination);
  const { packageManager } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { packageManager: string };
  const chosen = names.flatMap((name) => ['--filter-prod', `${name}...`]);
  start('npx', ['--yes', packageManager, ...chosen, '-r', 'pack', '--pack-destination', destination], root);
  return Object.fromEntries(
    readdirSync(destination).map((file) => {
      // polygan-core-0.1.0.tgz is @polygan/core; polygan-0.1.0.tgz is polygan.
      const [, scoped] = /^polygan-(?:(\D.*)-)?\d/.exec(file) ?? [];
      return [scoped ? `@polygan/${scoped}` : 'polygan', `file:tarballs/${file}`];
    }),
  );
}

function listPackages(modules: string): string[] {
  return readdirSync(modules)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) => (name.startsWith('@') ? readdirSync(path.join(modules, name)).map((sub) => `${name}/${sub}`) : [name]));
}

function start(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = process.env): void {
  // npm and npx are scripts that only a shell can start on Windows; none of these arguments needs quoting.
  execFileSync(command, args, { cwd, env, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
}
