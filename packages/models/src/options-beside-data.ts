import { optional, type Schema } from '@polygan/core';

/** Options without which no model is made, which those who have data need not say. */
const FROM_DATA = ['tokenizer', 'length', 'moments'];

/** Options as they may be said beside data: what comes from the data may be left out. */
export function besideData(options: Schema): Schema {
  const named = FROM_DATA.filter((name) => name in options);
  return { ...options, ...Object.fromEntries(named.map((name) => [name, optional(options[name]!)])) };
}
