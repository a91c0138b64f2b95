import { risksOf } from '../modalities/risks.js';
import type { Output } from '../terminal/output.js';
import type { PreparedTraining } from './prepare-training.js';

/** Warns of what is likely to spoil a training, before it begins. */
export function tellRisks(prepared: PreparedTraining, output: Output): void {
  for (const risk of risksOf(prepared)) output.warn(`Note: ${risk}`);
}
