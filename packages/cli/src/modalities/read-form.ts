import { readSound } from '@polygan/audio/node';
import { readPicture } from '@polygan/image/node';
import type { AnyJointModel, FormName, TextShape } from '@polygan/models';
import { tokenizerFrom, UNKNOWN } from '@polygan/text';
import type { Tensor } from '@tensorflow/tfjs';
import { isSection, type Section } from '../settings/settings.js';
import { UserError } from '../terminal/failure.js';

/** What the user gives of a thing: a file of a picture or a sound, or words. */
export interface GivenForm {
  readonly form: FormName;
  readonly value: string;
}

/** A form as the model sees it. */
export interface ReadForm {
  /** `[1, ...sampleShape]`; the caller owns it. */
  readonly samples: Tensor;
  /** Words that the model has never met, and what else is to be told. */
  readonly remarks: readonly string[];
}

/**
 * Reads what the user gives as the data of the run were read.
 *
 * @param options how the data of each form were read, with the sizes that the model shares with them
 * @throws UserError if the model has no such form
 */
export async function readForm({ form, value }: GivenForm, model: AnyJointModel, options: Section): Promise<ReadForm> {
  const modality = model.modalities[form];
  const forms = isSection(options.modalities) ? options.modalities : {};
  const own = isSection(forms[form]) ? forms[form] : {};
  if (!modality) throw new UserError(`--${form}: this model has ${Object.keys(model.modalities).join(', ')} only`);
  const pick = (...names: string[]) => Object.fromEntries(names.filter((name) => name in own).map((name) => [name, own[name]]));
  if (form === 'text') {
    const { tokenizer, length } = own as unknown as TextShape;
    const tokens = tokenizerFrom(tokenizer).encode(value);
    const unknown = tokens.filter((token) => token === UNKNOWN).length;
    if (tokens.length === 0) throw new UserError('--text: it must hold at least one word');
    const remarks =
      unknown > 0 ? [`The model has never met ${unknown} of the ${tokens.length} words or signs of "${value}".`] : [];
    const fitting = tokens.length > length ? tokenizerFrom(tokenizer).decode(tokens.slice(0, length)) : value;
    return { samples: modality.encode([fitting]), remarks };
  }
  const reading = {
    image: () => readPicture(value, pick('size', 'channels', 'background') as unknown as Parameters<typeof readPicture>[1]),
    audio: () => {
      const shape = pick('length', 'sampleRate', 'channels', 'normalize', 'trimSilence');
      return readSound(value, shape as unknown as Parameters<typeof readSound>[1]);
    },
  };
  return { samples: modality.encode([await reading[form]()]), remarks: [] };
}
