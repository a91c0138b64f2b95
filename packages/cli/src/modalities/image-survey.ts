import { stat } from 'node:fs/promises';
import { pictureSizes } from '@polygan/image/node';
import type { DataRequest, OpenedData, Survey } from './modality-commands.js';

/** Pictures are fetched in batches of this many, to count classes and to find what is broken. */
const BATCH = 64;
/** With fewer pictures than this a network repeats what it has seen. */
const FEW = 500;

/** What pictures lie at a path, or in a ready-made set; reads them all, so that every broken one is found. */
export async function surveyPictures(
  source: string,
  { dataset, shared, skipped }: OpenedData,
  onProgress: DataRequest['onProgress'],
): Promise<Survey> {
  const classes = await countClasses(dataset, onProgress);
  const isFolder = await stat(source).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const sizes = isFolder ? await pictureSizes(source) : [];
  const sides = sizes.map(({ width, height }) => Math.min(width, height)).sort((a, b) => a - b);
  const size = proposedSize(sides[sides.length >> 1] ?? Number(shared.size));
  return {
    count: dataset.size,
    facts: {
      sizes: sizes.length > 0 ? sizeText(sizes) : `${shared.size}x${shared.size}`,
      colours: shared.channels === 3 ? 'colour' : 'grey',
    },
    classes,
    skipped,
    proposal: { size, channels: Number(shared.channels) },
    remarks: [
      ...(dataset.size < FEW
        ? [`So few pictures make a generator of little variety: ${FEW} are a beginning, thousands are better.`]
        : []),
      ...(sides.length > 0 && sides[0]! < size ? [`Some pictures are smaller than ${size} pixels and will be enlarged.`] : []),
    ],
  };
}

/** The sizes to propose: few, because training time grows with the square. */
function proposedSize(side: number): number {
  if (side < 28) return 16;
  if (side < 32) return 28;
  return side < 64 ? 32 : 64;
}

async function countClasses(
  { size, classNames, batch }: OpenedData['dataset'],
  onProgress: DataRequest['onProgress'],
): Promise<Record<string, number>> {
  const counts = new Map((classNames ?? []).map((name) => [name, 0]));
  for (let first = 0; first < size; first += BATCH) {
    const { samples, labels } = await batch(Array.from({ length: Math.min(BATCH, size - first) }, (_, i) => first + i));
    for (const label of (await labels?.data()) ?? []) counts.set(classNames![label]!, counts.get(classNames![label]!)! + 1);
    samples.dispose();
    labels?.dispose();
    onProgress?.(Math.min(1, (first + BATCH) / size), `reading ${Math.min(first + BATCH, size)} of ${size} pictures`);
  }
  return Object.fromEntries(counts);
}

function sizeText(sizes: readonly { width: number; height: number }[]): string {
  const names = sizes.map(({ width, height }) => `${width}x${height}`);
  const distinct = [...new Set(names)];
  if (distinct.length <= 3) return distinct.join(', ');
  const by = (side: 'width' | 'height') => sizes.map((size) => size[side]);
  return `${Math.min(...by('width'))} to ${Math.max(...by('width'))} wide, ${Math.min(...by('height'))} to ${Math.max(...by('height'))} high, ${distinct.length} different`;
}
