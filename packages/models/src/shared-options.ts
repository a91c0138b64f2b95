/** Options that a model of a modality has from its data, which both must agree on. */
export const SHARED_OPTIONS = {
  image: ['size', 'channels'],
  audio: ['length', 'channels', 'sampleRate'],
  text: ['tokenizer', 'length'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
