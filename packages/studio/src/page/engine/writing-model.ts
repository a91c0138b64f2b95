import type { AnyModel } from '@polygan/models';
import { decodeForms, type MadeForm } from './decode-forms.js';
import type { DrawingModel } from './drawing-model.js';
import type { Sample } from './sample.js';

/** A model that writes texts word by word. */
export function writingModel(model: AnyModel, forms: readonly MadeForm[]): DrawingModel {
  return {
    forms: forms.map(({ kind }) => kind),
    hasTemperature: true,
    async *samples(count, { seed, temperature = 1 }): AsyncGenerator<Sample[], void, undefined> {
      for await (const piece of model.samples(count, { seed, temperature })) {
        const samples = await decodeForms(forms, [piece]);
        piece.dispose();
        yield samples;
      }
    },
  };
}
