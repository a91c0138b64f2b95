import type { TokenizerDescription } from './tokenizer.js';

/** Learns a tokenizer from texts that pass by one after another, so that they need not be in memory together. */
export interface TokenizerLearner {
  add(text: string): void;
  finish(): TokenizerDescription;
}
