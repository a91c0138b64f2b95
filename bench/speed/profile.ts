/**
 * Where the time of a case goes: the operators of ONNX Runtime that its graphs are made of, by tfjs kernel, and what is left for JavaScript.
 *
 *     speed/profile.ts CASE [--threads N] [--advances N] [--rows N]
 */
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { registerOnnxBackend } from '@polygan/tfjs-backend-onnx';
import * as tf from '@tensorflow/tfjs';
import { parsedOptions } from '../../tooling/parsed-options.mjs';
import { describeMachine, machineLine } from '../machine.js';
import { markdownTable } from '../markdown-table.js';
import type { PreparedCase } from './case.js';
import { caseNamed } from './cases.js';
import { FORMS, JOINT_MODELS, type JointSide, jointSides } from './joint-sides.js';

/** Runs of the case before the profile counts: graphs are compiled, and large ones loaded again, in the first. */
const WARM_UP = 3;
/** As when training: steps are run whole. */
const MAX_RECORDED_NODES = 65_536;
/** The batches of joint-step, and the steps of one advance. */
const [JOINT_BATCH, JOINT_STEPS] = [32, 4];

/** One entry of the runtime's profile, as it writes them; times in microseconds. */
interface ProfileEvent {
  readonly cat: string;
  readonly name: string;
  readonly ts: number;
  readonly dur: number;
  readonly args: { readonly op_name?: string };
}

const { values: options, positionals } = parsedOptions({
  allowPositionals: true,
  options: {
    threads: { type: 'string', default: '1' },
    advances: { type: 'string', default: '4' },
    rows: { type: 'string', default: '15' },
  },
});
const [name] = positionals as [string];
const folder = await mkdtemp(path.join(os.tmpdir(), 'polygan-profile-'));
registerOnnxBackend({
  name: 'profiled',
  maxRecordedNodes: MAX_RECORDED_NODES,
  threads: Number(options.threads),
  sessionOptions: { enableProfiling: true, profileFilePrefix: path.join(folder, 'session') },
});
await tf.setBackend('profiled');

const { title, prepared } = await profiled();
await prepared.first();
for (let run = 0; run < WARM_UP; run++) await prepared.advance();
// The runtime's clock starts with each session, so profiles are cut by how many runs they have.
const beginning = Date.now();
const before = process.hrtime.bigint();
let steps = 0;
for (let run = 0; run < Number(options.advances); run++) steps += await prepared.advance();
const stepMs = Number(process.hrtime.bigint() - before) / 1e6 / steps;
tf.removeBackend('profiled');

const share = Number(options.advances) / (Number(options.advances) + WARM_UP);
const times = new Map<string, number>();
for (const file of await readdir(folder)) {
  // Of a session that was closed in warming up: its graph was loaded again.
  if ((await stat(path.join(folder, file))).mtimeMs < beginning) continue;
  const events = JSON.parse(await readFile(path.join(folder, file), 'utf8')) as ProfileEvent[];
  const runs = events.filter(({ name }) => name === 'model_run');
  const counted = runs.slice(Math.floor(runs.length * (1 - share)));
  const from = counted[0]?.ts ?? Number.POSITIVE_INFINITY;
  for (const { cat, name, ts, dur, args } of events) {
    if (cat !== 'Node' || ts < from || !name.endsWith('_kernel_time')) continue;
    // Nodes are called KERNEL_NUMBER after the tfjs kernel that they are made for.
    const what = `${name.replace(/_\d+_kernel_time$/, '')}: ${args.op_name}`;
    times.set(what, (times.get(what) ?? 0) + dur / 1000);
  }
}
await rm(folder, { recursive: true });

const operators = [...times].map(([what, ms]) => [what, ms / steps] as const).sort(([, a], [, b]) => b - a);
const inOperators = operators.reduce((sum, [, ms]) => sum + ms, 0);
const shown = operators.slice(0, Number(options.rows));
const rows = [
  ...shown,
  ['all other operators', inOperators - shown.reduce((sum, [, ms]) => sum + ms, 0)] as const,
  ['JavaScript, and starting graphs', stepMs - inOperators] as const,
  ['a step', stepMs] as const,
];
console.log(`${title}, ${options.threads} threads. ${machineLine(describeMachine())}\n`);
console.log(
  markdownTable(
    ['tfjs kernel: operator', 'ms a step', 'share'],
    rows.map(([what, ms]) => [what, ms.toFixed(2), `${((100 * ms) / stepMs).toFixed(1)} %`]),
  ),
);
process.exit(0);

/** A case of the bench, or one of the trainings that joint-step compares. */
async function profiled(): Promise<{ readonly title: string; readonly prepared: PreparedCase }> {
  if ([...FORMS, ...JOINT_MODELS].some((side) => side === name)) {
    const advance = (await jointSides(JOINT_BATCH, JOINT_STEPS))[name as JointSide];
    const prepared = { first: async () => {}, advance: () => advance().then(() => JOINT_STEPS) };
    return { title: `${name} as in joint-step, batch ${JOINT_BATCH}`, prepared };
  }
  const speedCase = caseNamed(name);
  const { batch, width } = speedCase.size;
  return { title: `${speedCase.title}, batch ${batch}, width ${width}`, prepared: speedCase.prepare(speedCase.size) };
}
