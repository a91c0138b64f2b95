import { risksOf } from '../modalities/risks.js';
import type { Output } from '../terminal/output.js';
import type { PreparedTraining } from './prepare-training.js';

/** Warns of what is likely to spoil a training, before it begins. @returns what was said, for the run to keep */
export async function tellRisks(prepared: PreparedTraining, output: Output): Promise<string[]> {
  const notes = [...(prepared.data.remarks ?? []), ...(await risksOf(prepared))];
  for (const note of notes) output.say(`Note: ${note}`);
  return notes;
}
