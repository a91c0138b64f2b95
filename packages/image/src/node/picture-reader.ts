import type { PictureFile } from './list-pictures.js';

/** What {@link pictureReader} needs. */
export interface PictureReaderOptions {
  /** Decodes a file; throws if it is broken. */
  readonly decode: (file: PictureFile) => Promise<Uint8Array | Uint8ClampedArray>;
  /** How many decoded pictures to keep in memory. */
  readonly keep: number;
  /** Called once for each broken file. */
  readonly onBroken: (file: PictureFile, reason: string) => void;
  readonly signal?: AbortSignal;
}

/** Decodes pictures when they are asked for, keeps some, and knows the broken ones. */
export interface PictureReader {
  /** The files that could not be decoded so far. */
  readonly broken: ReadonlySet<PictureFile>;
  /** The bytes of a picture, or undefined if it is broken. */
  read(file: PictureFile): Promise<Uint8Array | Uint8ClampedArray | undefined>;
  /** The bytes of the file with this number or, if it is broken, of the first whole one after it, with its number. */
  readOrNext(files: readonly PictureFile[], index: number): Promise<{ bytes: Uint8Array | Uint8ClampedArray; index: number }>;
}

/** So many pictures broken in a row: the folder has gone, rather than single files. */
const BROKEN_IN_A_ROW = 100;

/** A {@link PictureReader}. It keeps the pictures that come first: under shuffling, that finds as many again as any other rule. */
export function pictureReader({ decode, keep, onBroken, signal }: PictureReaderOptions): PictureReader {
  const kept = new Map<PictureFile, Uint8Array | Uint8ClampedArray>();
  const broken = new Set<PictureFile>();

  const read = async (file: PictureFile): Promise<Uint8Array | Uint8ClampedArray | undefined> => {
    const known = kept.get(file);
    if (known || broken.has(file)) return known;
    try {
      const bytes = await decode(file);
      if (kept.size < keep) kept.set(file, bytes);
      return bytes;
    } catch (error) {
      signal?.throwIfAborted();
      if (!broken.has(file)) onBroken(file, (error as Error).message);
      broken.add(file);
      return undefined;
    }
  };

  return {
    broken,
    read,
    async readOrNext(files, index) {
      for (let step = 0; step < Math.min(files.length, BROKEN_IN_A_ROW); step++) {
        const candidate = (index + step) % files.length;
        const bytes = await read(files[candidate]!);
        if (bytes) return { bytes, index: candidate };
      }
      throw new Error(
        `pictureFolder: ${files[index]!.name} and the pictures after it cannot be read any more; were they moved or deleted while they were in use?`,
      );
    },
  };
}
