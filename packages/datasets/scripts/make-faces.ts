// Makes data/faces with DiceBear's pixel art (npm package @dicebear/pixel-art; the design is CC0): faces of which no two are alike, with captions.
//
//   pnpm --filter @polygan/datasets make scripts/make-faces.ts
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { createAvatar } from '@dicebear/core';
import * as pixelArt from '@dicebear/pixel-art';
import { Random } from '@polygan/core';
import sharp from 'sharp';
import { FACE_ATTRIBUTES, type FaceAttributes, faceCaption } from '../src/face-captions.js';

const COUNT = 4000;
/** The side of DiceBear's grid. */
const SIDE = 16;

const numbered = (name: string, ...numbers: number[]) => numbers.map((number) => `${name}${String(number).padStart(2, '0')}`);
/** The drawings that anybody would call so. */
const HAIR = {
  no: [],
  short: numbered('short', 1, 2, 3, 4, 6, 8, 9, 10, 14, 15, 16, 17, 22),
  long: numbered('long', 1, 2, 3, 4, 7, 8, 9, 12, 13, 16, 17, 20, 21),
  spiky: [...numbered('short', 11, 13), 'long15'],
};
const MOUTHS = { smiling: numbered('happy', 7, 8, 9, 10, 11), sad: numbered('sad', 1, 2, 3, 8, 9) };
const GLASSES = { no: [], glasses: numbered('light', 5, 6, 7), sunglasses: numbered('dark', 5, 6, 7) };
const HATS = numbered('variant', 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
const SHIRTS = numbered('variant', 1, 3, 4, 5, 6, 8, 11, 12, 14, 23);
const COLORS = {
  hair: { black: '1b1512', brown: '6b3e1b', blond: 'e9c45c', red: 'b5431a', grey: 'a3a3a8', blue: '2c7fd6' },
  hat: { red: 'b3202c', green: '2e7d4f', blue: '2456a6', purple: '7a3fa0' },
  shirt: {
    red: 'd11141',
    orange: 'f37b1d',
    yellow: 'ffd32a',
    green: '12a150',
    blue: '2f6fde',
    purple: '8b46c9',
    white: 'f4f4f4',
    black: '26262b',
  },
};
const GROUNDS = ['c9e7f2', 'd9ead0', 'f4e3cf', 'e3dcf0'];

const pick = <T>(random: Random, list: readonly T[]) => list[random.integer(list.length)]!;

function drawAttributes(random: Random): FaceAttributes {
  const hat = random.uniform() < 0.25 ? pick(random, FACE_ATTRIBUTES.hat.slice(1)) : 'no';
  const chance = random.uniform();
  // Under a hat, only long hair can be seen.
  const underHat = chance < 0.75 ? 'long' : 'no';
  const hair = hat !== 'no' ? underHat : chance < 0.5 ? 'short' : chance < 0.8 ? 'long' : chance < 0.92 ? 'spiky' : 'no';
  return {
    mood: pick(random, FACE_ATTRIBUTES.mood),
    hair,
    hairColor: hair === 'no' ? 'no' : pick(random, FACE_ATTRIBUTES.hairColor.slice(1)),
    glasses: random.uniform() < 0.5 ? 'no' : pick(random, FACE_ATTRIBUTES.glasses.slice(1)),
    hat,
    shirt: pick(random, FACE_ATTRIBUTES.shirt),
  };
}

/** The face as RGB, one pixel for each square of the grid. What no caption speaks of is drawn at random. */
function draw({ mood, hair, hairColor, glasses, hat, shirt }: FaceAttributes, random: Random): Promise<Buffer> {
  const ofList = (list: readonly string[]) => (list.length > 0 ? [pick(random, list)] : []);
  const avatar = createAvatar(pixelArt, {
    seed: String(random.integer(2 ** 31)),
    size: SIDE,
    backgroundColor: ofList(GROUNDS),
    hair: ofList(HAIR[hair]) as [],
    hairColor: hairColor === 'no' ? [] : [COLORS.hair[hairColor]],
    mouth: ofList(MOUTHS[mood]) as [],
    mouthColor: ['c0392b'],
    glasses: ofList(GLASSES[glasses]) as [],
    glassesProbability: glasses === 'no' ? 0 : 100,
    glassesColor: ['323232'],
    hat: hat === 'no' ? [] : (ofList(HATS) as []),
    hatProbability: hat === 'no' ? 0 : 100,
    hatColor: hat === 'no' ? [] : [COLORS.hat[hat]],
    clothing: ofList(SHIRTS) as [],
    clothingColor: [COLORS.shirt[shirt]],
    beardProbability: 0,
    accessoriesProbability: 0,
  });
  return sharp(Buffer.from(avatar.toString())).removeAlpha().raw().toBuffer();
}

const root = Random.fromSeed('faces');
const pictures: Buffer[] = [];
const captions: string[] = [];
const seen = new Set<string>();
for (let i = 0; pictures.length < COUNT; i++) {
  const random = root.split(i);
  const attributes = drawAttributes(random);
  const picture = await draw(attributes, random);
  if (picture.length !== SIDE * SIDE * 3)
    throw new Error(`expected ${SIDE * SIDE * 3} bytes of a picture, got ${picture.length}`);
  const key = picture.toString('base64');
  if (seen.has(key)) continue;
  seen.add(key);
  pictures.push(picture);
  captions.push(faceCaption(attributes));
}

// There are few colours, what shadows and glass blend included: a byte for each pixel says which.
const palette = new Map<string, number>();
const pixels = Uint8Array.from({ length: COUNT * SIDE * SIDE }, (_, i) => {
  const from = (i % (SIDE * SIDE)) * 3;
  const color = pictures[Math.floor(i / (SIDE * SIDE))]!.toString('hex', from, from + 3);
  if (!palette.has(color)) palette.set(color, palette.size);
  return palette.get(color)!;
});
if (palette.size > 256) throw new Error(`${palette.size} colours do not fit in a byte`);
const target = new URL('../data/faces/', import.meta.url);
mkdirSync(target, { recursive: true });
writeFileSync(new URL('pixels.u8.br', target), brotliCompressSync(pixels));
writeFileSync(new URL('palette.txt', target), `${[...palette.keys()].join('\n')}\n`);
writeFileSync(new URL('captions.txt', target), `${captions.join('\n')}\n`);
copyFileSync(join(createRequire(import.meta.url).resolve('@dicebear/pixel-art'), '../../LICENSE'), new URL('LICENSE', target));
