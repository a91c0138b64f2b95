import type { TextDataset } from '@polygan/text/node';
import { counted, figure } from '../terminal/format.js';
import type { Survey } from './modality-commands.js';

/** With fewer texts than this a model repeats what it has seen. */
const FEW = 2000;

/** What texts lie at a path, and how they would be read. */
export async function surveyOfTexts(data: TextDataset): Promise<Survey> {
  const { tokenizer, length, skipped, classNames } = data;
  const count = data.size + (data.heldOut?.size ?? 0);
  return {
    count,
    facts: {
      tokens: `${figure(tokenizer.vocabulary.length)} different ${tokenizer.kind === 'bpe' ? 'byte pairs' : `${tokenizer.kind}s`}`,
      length: `99 of 100 have at most ${length}`,
      repeated: `${figure(skipped.duplicates)} equal an earlier one`,
      'for example': data
        .texts(3)
        .map((tokens) => tokenizer.decode(tokens).replaceAll('\n', ' '))
        .join(' | '),
    },
    classes: await countClasses(data, classNames),
    skipped: skipped.tooLong > 0 ? [{ name: counted(skipped.tooLong, 'text'), reason: `longer than ${length} tokens` }] : [],
    proposal: { tokens: tokenizer.kind, length },
    remarks: remarksOn(count),
  };
}

/** What should be known of so many texts. */
export function remarksOn(count: number): string[] {
  if (count >= FEW) return [];
  return [
    `So few texts (${figure(count)}) make a generator that repeats them: ${figure(FEW)} are a beginning, tens of thousands are better.`,
  ];
}

async function countClasses(data: TextDataset, names: readonly string[] | undefined): Promise<Record<string, number>> {
  if (!names) return {};
  const counts = names.map(() => 0);
  for (const part of data.heldOut ? [data, data.heldOut] : [data]) {
    const { samples, labels } = await part.batch(Array.from({ length: part.size }, (_, i) => i));
    for (const label of (await labels?.data()) ?? []) counts[label]! += 1;
    samples.dispose();
    labels?.dispose();
  }
  return Object.fromEntries(names.map((name, i) => [name, counts[i]!]));
}
