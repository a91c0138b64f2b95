import type { RunRecord } from '@polygan/core/node';
import * as tf from '@tensorflow/tfjs';
import { suggestion } from '../settings/nearest-name.js';
import { UserError } from '../terminal/failure.js';
import { audio } from './audio.js';
import { image } from './image.js';
import type { AnyModality } from './modality-commands.js';
import { multimodal } from './multimodal.js';
import { text } from './text.js';

/** Every modality that the commands know; a new one is a new row. */
const MODALITIES: Readonly<Record<string, AnyModality>> = { image, audio, text, multimodal };

/** Their names. */
export const MODALITY_NAMES: readonly string[] = Object.keys(MODALITIES);

/** The row of a modality by its name. */
export function modalityNamed(kind: string): AnyModality {
  // Every command that computes comes by here before; without this tfjs prints advertisements.
  tf.enableProdMode();
  const found = MODALITIES[kind];
  if (!found) throw new UserError(`unknown modality '${kind}'${suggestion(kind, Object.keys(MODALITIES))}`);
  return found;
}

/** The row of the modality that a run is of. */
export function modalityOf(record: RunRecord): AnyModality {
  return modalityNamed(record.modality);
}

/** The function that makes models of that name. */
export function modelNamed({ kind, models }: AnyModality, name: string): AnyModality['models'][string] {
  const make = models[name];
  if (!make) throw new UserError(`unknown model '${name}' for ${kind}${suggestion(name, Object.keys(models))}`);
  return make;
}
