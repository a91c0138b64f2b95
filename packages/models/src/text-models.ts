import { oneOf, optionsOf, type Schema, withDefaults } from '@polygan/core';
import {
  type LatentTextOptions,
  languageModel,
  latentText,
  learnTokenizer,
  type SeqGanOptions,
  seqGan,
  type TextForm,
  type TextVaeOptions,
  type Tokenizer,
  type TokenizerDescription,
  textVae,
  tokenizerFrom,
} from '@polygan/text';
import type { AnyModel, ModelOptions, SamplingOptions } from './any-model.js';

/** Options that a model of texts shares with its data. */
export interface TextShape {
  readonly tokenizer: TokenizerDescription;
  readonly length: number;
  /** The form that the samples of language models keep. */
  readonly form?: TextForm;
}

/** What stands in where only the names of options are asked for. */
const ANY: TextShape = { tokenizer: learnTokenizer(['a']).toJSON(), length: 8 };

type Make = (shape: TextShape & { readonly vocabulary: number }, options: ModelOptions) => unknown;

/** Twice the paper's size and more: real texts have more to them than its synthetic ones. */
const REAL_TEXT = { embedding: 64, hidden: 128 };

/** The layers of a recurrent model. */
const CELL = oneOf(['lstm', 'gru'], { default: 'lstm' });

const MAKERS: Readonly<Record<string, Make>> = {
  rnn: ({ tokenizer: _, ...shape }, { cell, ...options }) =>
    languageModel({ ...REAL_TEXT, ...shape, ...options, kind: CELL.resolve(cell, { where: 'rnn', path: 'cell' }) }),
  seqgan: ({ tokenizer: _, ...shape }, { generator, ...options }) =>
    seqGan({ ...shape, generator: { ...REAL_TEXT, places: true, ...(generator as object) }, ...options }),
  cnn: ({ tokenizer: _, ...shape }, options) => languageModel({ ...REAL_TEXT, ...shape, ...options, kind: 'cnn' }),
  latent: ({ tokenizer, length }, options) => latentText({ tokenizer, length, ...options }),
  vae: ({ tokenizer, length }, options) => textVae({ tokenizer, length, ...options }),
};

/** What they share with the data, whatever else they take. */
function sharedOptions(): Schema {
  const { tokenizer } = optionsOf(() => latentText({} as LatentTextOptions));
  return { tokenizer: tokenizer! };
}

function withoutKind(cells: Schema): Schema {
  const { kind: _, vocabulary: __, ...options } = optionsOf(() => languageModel({ vocabulary: 2, length: 2 }));
  return { ...withDefaults(options, REAL_TEXT), ...cells, ...sharedOptions() };
}

/** The options of {@link TEXT_MODELS}. */
export const TEXT_OPTIONS: Readonly<Record<string, () => Schema>> = {
  rnn: () => withoutKind({ cell: CELL }),
  cnn: () => withoutKind({}),
  seqgan() {
    const { vocabulary: _, ...options } = optionsOf(() => seqGan({ vocabulary: 2, length: ANY.length } satisfies SeqGanOptions));
    return { ...withDefaults(options, { generator: { ...REAL_TEXT, places: true } }), ...sharedOptions() };
  },
  latent: () => optionsOf(() => latentText({} as LatentTextOptions)),
  vae: () => optionsOf(() => textVae({} as TextVaeOptions)),
};

/** The models of texts by the names that the command line has for them. */
export const TEXT_MODELS: Readonly<Record<string, (options: ModelOptions) => AnyModel>> = Object.fromEntries(
  Object.entries(MAKERS).map(([name, make]) => [
    name,
    ({ tokenizer = ANY.tokenizer as unknown as ModelOptions, length = ANY.length, form, ...options }: ModelOptions) => {
      const shape: TextShape = {
        tokenizer: tokenizer as unknown as TokenizerDescription,
        length: Number(length),
        ...(form !== undefined && { form: form as unknown as TextForm }),
      };
      const known = tokenizerFrom(shape.tokenizer);
      const model = make({ ...shape, vocabulary: known.vocabulary.length }, withoutVocabulary(options)) as AnyModel;
      const kept = { tokenizer: shape.tokenizer, length: shape.length } as unknown as ModelOptions;
      return named(model, name, { ...shownOptions(model.options as ModelOptions), ...kept }, known);
    },
  ]),
);

/** A run's record keeps the model's name under `kind`, so a recurrent model's kind of layer is its `cell`. */
function shownOptions({ kind, ...options }: ModelOptions): ModelOptions {
  return { ...withoutVocabulary(options), ...(kind !== undefined && kind !== 'cnn' && { cell: kind }) };
}

/** How many tokens there are says the tokenizer. */
function withoutVocabulary({ vocabulary: _, ...options }: ModelOptions): ModelOptions {
  return options;
}

/** A model under the command line's name, which knows its tokenizer and takes sampling options in the command line's words. */
function named(model: AnyModel, kind: string, options: ModelOptions, tokenizer: Tokenizer): AnyModel {
  const samples: AnyModel['samples'] = (count, sampling) => model.samples(count, inModelsWords(sampling ?? {}, tokenizer));
  const own = {
    kind,
    options,
    networks: model.networks,
    sampler: model.sampler,
    trainingSchema: model.trainingSchema,
    trainingMethod: model.trainingMethod.bind(model),
    samples,
    sample: (count, sampling) => model.sample(count, inModelsWords(sampling ?? {}, tokenizer)),
    dispose: () => model.dispose(),
  } satisfies AnyModel;
  // What only some kinds have.
  const further = ['latent', 'generate', 'logProbabilities'].filter((name) => name in model);
  for (const name of further) {
    const value = (model as unknown as Record<string, unknown>)[name];
    Object.assign(own, { [name]: typeof value === 'function' ? value.bind(model) : value });
  }
  return own;
}

function inModelsWords({ topP, prefix, ...sampling }: SamplingOptions, tokenizer: Tokenizer): SamplingOptions {
  return {
    ...sampling,
    ...(topP !== undefined && { nucleus: topP }),
    ...(typeof prefix === 'string' && { prefix: tokenizer.encode(prefix) }),
  };
}
