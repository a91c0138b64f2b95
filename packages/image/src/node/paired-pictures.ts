import { partOfDataset } from '@polygan/core';
import type { PictureDataset } from './picture-folder.js';

/**
 * Pictures with those of another folder that have the same names as their conditions: `photos/cat.png` is made from `sketches/cat.jpg`. Pictures without a partner are left out,
 * and named in `skipped`.
 *
 * @param from partners, of the same size
 * @throws if the pictures are no files of a folder, are not as large as their partners, or fewer than two have one
 */
export function pairedPictures(dataset: PictureDataset, from: PictureDataset): PictureDataset {
  const partners = new Map(namesOf(from).map((name, i) => [withoutEnding(name), i]));
  const names = namesOf(dataset);
  const [size, partnerSize] = [dataset.sampleShape[0], from.sampleShape[0]];
  if (size !== partnerSize)
    throw new Error(`pairedPictures: pictures of ${size} pixels need partners of as many, got ${partnerSize}`);
  const rows = names.flatMap((name, own) => {
    const partner = partners.get(withoutEnding(name));
    return partner === undefined ? [] : [{ own, partner }];
  });
  if (rows.length < 2) {
    throw new Error(
      `pairedPictures: ${rows.length} of ${names.length} pictures have a partner; give both the same name, such as ${names[0]} and, in the other folder, ${names[0]}`,
    );
  }
  const own = partOfDataset(dataset, rows.map((row) => row.own)); // biome-ignore format: one thought
  const lonely = names.filter((name) => !partners.has(withoutEnding(name)));
  return {
    ...dataset,
    size: rows.length,
    fingerprint: `${own.fingerprint}-from-${from.fingerprint}`,
    fileNames: rows.map((row) => names[row.own]!),
    skipped: [...dataset.skipped, ...lonely.map((name) => ({ name, reason: 'no picture of that name to make it from' }))],
    async batch(indices, epochs) {
      const [batch, { samples: conditions, labels }] = await Promise.all([
        own.batch(indices, epochs),
        from.batch(indices.map((index) => rows[index]!.partner), epochs), // biome-ignore format: one thought
      ]);
      labels?.dispose();
      return { ...batch, conditions };
    },
  };
}

function namesOf({ fileNames }: PictureDataset): readonly string[] {
  if (!fileNames) throw new Error('pairedPictures: both must be folders of picture files, whose names say what belongs together');
  return fileNames;
}

function withoutEnding(name: string): string {
  return name.replace(/\.[^./]+$/, '');
}
