import { inspectEngines } from '@polygan/core/node';
import * as tf from '@tensorflow/tfjs';
import { columns, figure } from '../terminal/format.js';
import type { Output } from '../terminal/output.js';

/** Below this many GFLOP/s a training of small pictures takes hours. */
const FAST = 20;

/** Says which engines work on this machine, how fast each is, and what to do to have a faster one. */
export async function doctor(output: Output): Promise<number> {
  tf.enableProdMode();
  output.say(`Node ${process.versions.node} on ${process.platform} ${process.arch}; TensorFlow.js ${tf.version['tfjs-core']}`);
  output.say('Trying each engine for about a second …');
  const engines = await inspectEngines();
  const best = engines.find(({ works }) => works);
  const rows = engines.map(({ name, works, gigaflops, reason }) => [
    name === best?.name ? '→' : ' ',
    name,
    works ? 'works' : 'no',
    works ? figure(gigaflops!) : '',
    reason ? briefly(reason) : '',
  ]);
  output.say(columns([['', 'engine', '', 'GFLOP/s', ''], ...rows]));
  output.say();
  output.say(verdict(best?.gigaflops));
  for (const { name, works, advice } of engines) if (!works && advice) output.say(`  ${name}: ${advice}`);
  output.data({
    node: process.versions.node,
    platform: process.platform,
    arch: process.arch,
    tfjs: tf.version['tfjs-core'],
    best: best?.name,
    engines,
  });
  return best ? 0 : 1;
}

/** Why an engine does not work, without what stands elsewhere in the table or the advice below it. */
function briefly(reason: string): string {
  return reason.replace(/^.*cannot be used here: /, '').replace(/ imported from .*$|\. .*$/, '');
}

function verdict(gigaflops: number | undefined): string {
  if (gigaflops === undefined) return 'No engine works. Install polygan again.';
  if (gigaflops < FAST) return 'The engine marked → will be used, and it is slow. To have a faster one:';
  return 'The engine marked → will be used. For others:';
}
