/**
 * Runs a task of the workspace on a machine that has only Node and npm: fetches the pnpm that package.json pins through npx, installs what the
 * lock file says, and runs the task. `node tooling/with-pnpm.mjs demo|test|test:browser|test:packed|test:learn|test:conformance|check|examples|docs`.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { packageManager } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

const TASKS = {
  demo: [
    ['turbo', 'run', 'build', '--filter=polygan', '--output-logs=errors-only'],
    ['node', 'tooling/demo.mjs', ...process.argv.slice(3)],
  ],
  test: [['turbo', 'run', 'build', 'test', '--continue=dependencies-successful']],
  'test:browser': [['turbo', 'run', 'test:browser']],
  'test:packed': [['turbo', 'run', 'test:packed']],
  'test:learn': [['turbo', 'run', 'test:learn']],
  'test:conformance': [['turbo', 'run', 'test:conformance', '--output-logs=full']],
  check: [['turbo', 'run', '//#lint', 'typecheck', 'package', '//#size', '--continue=dependencies-successful']],
  examples: [['turbo', 'run', 'examples']],
  docs: [['typedoc', '--options', 'tooling/typedoc.json']],
};

const task = TASKS[process.argv[2]];
if (!task) {
  console.error(`usage: node tooling/with-pnpm.mjs ${Object.keys(TASKS).join('|')}`);
  process.exit(1);
}

run('npx', ['--yes', packageManager, 'install', '--frozen-lockfile', '--reporter=append-only']);
for (const [command, ...args] of task) run('npx', ['--yes', packageManager, 'exec', command, ...args]);

/** Runs a command with its output shown; ends this process with its exit code when it fails. */
function run(command, args) {
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' };
  // npx is a script that only a shell can start on Windows; none of these arguments needs quoting.
  const { status } = spawnSync(command, args, { cwd: root, env, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
}
