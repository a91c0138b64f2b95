import { randomUUID } from 'node:crypto';
import { appendFile, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Modality, oneOf, positiveInteger, resolveOptions, type SampleFiles } from '@polygan/core';

/** Options of {@link textFiles}. */
export interface TextFilesOptions {
  /**
   * What `writeEach` makes: 'lines' is one file, samples.txt, with a sample on each line, as data come in; 'files' is 000000.txt, 000001.txt, … for
   * texts of several lines. Default 'lines', which writes a line break within a sample as \n.
   */
  readonly each?: 'lines' | 'files';
  /** Texts on a line of a preview, with arrows between them: such as those on a way through a latent space. Default 1. */
  readonly columns?: number;
}

/** Generated texts as files: a preview with a sample on each line, and samples one by one. */
export function textFiles(modality: Modality<string>, options: TextFilesOptions = {}): SampleFiles {
  const { each, columns } = resolveOptions('textFiles', options, {
    each: oneOf(['lines', 'files'], { default: 'lines' }),
    columns: positiveInteger({ default: 1 }),
  });
  return {
    previewExtension: '.txt',
    async writePreview(samples, path) {
      const texts = await modality.decode(samples);
      const rows = Array.from({ length: Math.ceil(texts.length / columns) }, (_, row) =>
        texts.slice(row * columns, (row + 1) * columns),
      );
      await writeWhole(path, asLines(rows.map((row) => row.join(' → '))));
    },
    async writeEach(samples, directory, firstIndex) {
      const texts = await modality.decode(samples);
      await mkdir(directory, { recursive: true });
      if (each === 'lines') {
        const path = join(directory, 'samples.txt');
        if (firstIndex === 0) await writeWhole(path, asLines(texts));
        else await appendFile(path, asLines(texts));
        return texts.map((_, position) => `samples.txt:${firstIndex + position + 1}`);
      }
      return Promise.all(
        texts.map(async (text, position) => {
          const name = `${String(firstIndex + position).padStart(6, '0')}.txt`;
          await writeWhole(join(directory, name), `${text}\n`);
          return name;
        }),
      );
    },
  };
}

function asLines(texts: readonly string[]): string {
  return texts.map((text) => `${text.replaceAll('\n', '\\n')}\n`).join('');
}

/** Writes a file so that it is there as a whole or not at all. */
async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${randomUUID()}.part`;
  try {
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
