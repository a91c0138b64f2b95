import type { Scores } from '@polygan/core/node';
import type { AnyModality } from '../modalities/modality-commands.js';
import { columns, figure } from '../terminal/format.js';
import type { Output } from '../terminal/output.js';

/** Prints scores as a table. @param scored what they are of, in words */
export function tellScores(
  scored: string,
  { features, realSamples, scores }: Omit<Scores, 'step'>,
  { noun }: AnyModality,
  output: Output,
): void {
  output.say(`${scored}, against ${realSamples}, by ${features}`);
  const rows = scores.map(({ title, value, realValue, better }) => [
    title,
    figure(value),
    realValue === undefined ? '' : figure(realValue),
    better,
  ]);
  output.say(columns([['', 'generated', 'real', 'better'], ...rows]));
  output.say(`'real' is what other real ${noun}s get: nothing can be expected to be better.`);
}
