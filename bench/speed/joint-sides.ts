import { waveGanParts } from '@polygan/audio';
import { type Batch, type Dataset, Gan, type GanParts, inMemoryDataset, type Trainable, train } from '@polygan/core';
import { digitTriples } from '@polygan/datasets/node';
import { dcganParts } from '@polygan/image';
import { coupledGan, jointDataset, multimodalGan } from '@polygan/multimodal';
import { latentTextParts, learnTokenizer } from '@polygan/text';

/** The forms, each of which is also trained in a GAN of its own. */
export const FORMS = ['image', 'audio', 'text'] as const;
/** Models that join all forms. */
export const JOINT_MODELS = ['multimodalGan', 'coupledGan'] as const;

type Form = (typeof FORMS)[number];
/** What is trained in {@link jointSides}. */
export type JointSide = Form | (typeof JOINT_MODELS)[number];
/** More steps of one training; results are read at their end. */
export type Advance = () => Promise<unknown>;

/** Latent dimensions that each form has for itself in a multimodal GAN. */
const OWN: Readonly<Record<Form, number>> = { image: 32, audio: 16, text: 8 };

/**
 * Trainings on the digits that ship with polygan: each form in a GAN of its own, and all forms together, of the same networks.
 *
 * @param stepsEach what one call advances a training by
 */
export async function jointSides(batchSize: number, stepsEach: number): Promise<Readonly<Record<JointSide, Advance>>> {
  const digits = await digitTriples({ split: 'train', count: 40 * batchSize });
  const tokenizer = learnTokenizer(digits.texts, { tokens: 'word' });
  const length = Math.max(...digits.texts.map((text) => tokenizer.encode(text).length));

  /** The networks of `polygan train multimodal --data digits`, but for the size of pictures. @param own latent dimensions beside the shared ones */
  function partsOf(shared: number, own: typeof OWN) {
    const { width, ...sound } = { length: 8192, sampleRate: 8000, width: 16, latent: 'normal' } as const;
    return {
      image: {
        ...dcganParts({ size: 28, channels: 1, width, discriminatorNorm: 'spectral', latentDimensions: shared + own.image }),
        training: { loss: 'hinge' } as const,
      },
      audio: waveGanParts({ ...sound, width, latentDimensions: shared + own.audio }),
      text: latentTextParts({ tokenizer, length, latentDimensions: shared + own.text }),
    };
  }

  const texts = partsOf(32, OWN).text.modality;
  const forms: Readonly<Record<Form, { readonly dataset: Dataset<Batch>; readonly indices?: ArrayLike<number> }>> = {
    image: { dataset: inMemoryDataset(digits.image.samples), indices: digits.image.indices },
    audio: { dataset: inMemoryDataset(digits.audio.samples), indices: digits.audio.indices },
    text: {
      dataset: {
        size: digits.size,
        fingerprint: digits.fingerprint,
        batch: async (indices) => ({ samples: texts.encode(indices.map((index) => digits.texts[index]!)) }),
      },
    },
  };

  function steps<B, MethodOptions>(model: Trainable<B, MethodOptions>, data: Dataset<B>, given: object): Advance {
    const loop = { ...given, batchSize, steps: Number.MAX_SAFE_INTEGER, reportEvery: stepsEach };
    const training = train(model as Trainable<never, object>, data as Dataset<never>, loop);
    return () => training.next();
  }

  /** With one update of the discriminator a step, as there is in a joint GAN. */
  const alone = (parts: GanParts<never>, form: Form) => steps(new Gan(parts), forms[form].dataset, { discriminatorSteps: 1 });

  const joint = jointDataset({ parts: forms });
  const own = partsOf(32, OWN);
  return {
    image: alone(own.image as GanParts<never>, 'image'),
    audio: alone(own.audio as GanParts<never>, 'audio'),
    text: alone(own.text as GanParts<never>, 'text'),
    multimodalGan: steps(multimodalGan({ modalities: partsOf(32, OWN) }), joint, { reading: { steps: 1 } }),
    coupledGan: steps(coupledGan({ modalities: partsOf(64, { image: 0, audio: 0, text: 0 }), latentDimensions: 64 }), joint, {}),
  };
}
