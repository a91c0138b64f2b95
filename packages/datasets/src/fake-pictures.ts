import {
  type Batch,
  type Dataset,
  either,
  type InMemorySamples,
  inMemoryDataset,
  integer,
  number,
  oneOf,
  positiveInteger,
  Random,
  resolveOptions,
  string,
} from '@polygan/core';

/** Options of {@link fakePictures}. */
export interface FakePicturesOptions {
  /** How many pictures; default 256. */
  readonly count?: number;
  /** Width and height in pixels, at least 8; default 32. */
  readonly size?: number;
  /** 1 for grey, 3 for colour; default 3. */
  readonly channels?: 1 | 3;
  /** How many classes, 1 to 6; each is a shape; default 4. */
  readonly classes?: number;
  /** Same seed, same pictures; default 1. */
  readonly seed?: number | string;
}

/** Whether a point lies in the shape; the shape fills about the square from -1 to 1. */
type Shape = (x: number, y: number) => boolean;

const SHAPES: readonly (readonly [name: string, contains: Shape])[] = [
  ['disc', (x, y) => x * x + y * y < 1],
  ['square', (x, y) => Math.max(Math.abs(x), Math.abs(y)) < 0.85],
  ['triangle', (x, y) => y < 0.8 && y > 1.8 * Math.abs(x) - 1],
  ['cross', (x, y) => Math.min(Math.abs(x), Math.abs(y)) < 0.3 && Math.max(Math.abs(x), Math.abs(y)) < 1],
  ['ring', (x, y) => x * x + y * y < 1 && x * x + y * y > 0.4],
  ['diamond', (x, y) => Math.abs(x) + Math.abs(y) < 1],
];

const schema = {
  count: positiveInteger({ default: 256 }),
  size: integer({ min: 8, max: 4096, default: 32 }),
  channels: oneOf([1, 3], { default: 3 }),
  classes: integer({ min: 1, max: SHAPES.length, default: 4 }),
  seed: either(number({ default: 1 }), string()),
};

/** Each pixel is looked at in this many places along each axis, for soft edges. */
const SUBPIXELS = 3;

/**
 * Made-up pictures for tests and first tries: one bright shape on a dark ground, anywhere, in any size and colour. The shape is the class.
 *
 * @throws if an option is out of its range
 */
export function fakePictures(options: FakePicturesOptions = {}): Dataset<Batch> {
  return inMemoryDataset(fakePictureSamples(options));
}

/** The pictures of {@link fakePictures} as bytes. */
export function fakePictureSamples(options: FakePicturesOptions = {}): InMemorySamples {
  const { count, size, channels, classes, seed } = resolveOptions('fakePictures', options, schema);
  const pictureLength = size * size * channels;
  const values = new Uint8Array(count * pictureLength);
  const labels = new Uint8Array(count);
  const random = Random.fromSeed(seed);
  for (let i = 0; i < count; i++) {
    labels[i] = i % classes;
    const picture = values.subarray(i * pictureLength, (i + 1) * pictureLength);
    drawShape(picture, size, channels, SHAPES[labels[i]!]![1], random.split(i));
  }
  return {
    values,
    labels,
    sampleShape: [size, size, channels],
    classNames: SHAPES.slice(0, classes).map(([name]) => name),
    fingerprint: `fake-pictures-${count}x${size}x${size}x${channels}-${classes}-${seed}`,
  };
}

function drawShape(picture: Uint8Array, size: number, channels: number, contains: Shape, random: Random): void {
  const radius = random.uniform(0.25, 0.42) * size;
  const centreX = random.uniform(radius, size - radius);
  const centreY = random.uniform(radius, size - radius);
  const ground = Array.from({ length: channels }, () => random.uniform(0, 70));
  const colour = Array.from({ length: channels }, () => random.uniform(90, 255));
  colour[random.integer(channels)] = 255;

  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      let inside = 0;
      for (let k = 0; k < SUBPIXELS * SUBPIXELS; k++) {
        const x = column + ((k % SUBPIXELS) + 0.5) / SUBPIXELS;
        const y = row + (Math.floor(k / SUBPIXELS) + 0.5) / SUBPIXELS;
        if (contains((x - centreX) / radius, (y - centreY) / radius)) inside++;
      }
      const cover = inside / (SUBPIXELS * SUBPIXELS);
      for (let c = 0; c < channels; c++) {
        picture[(row * size + column) * channels + c] = Math.round(ground[c]! + cover * (colour[c]! - ground[c]!));
      }
    }
  }
}
