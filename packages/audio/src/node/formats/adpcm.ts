/** Step sizes of IMA ADPCM (Recommended Practices for Enhancing Digital Audio Compatibility, 1992, table 2). */
const STEPS = [
  7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97, 107, 118, 130, 143,
  157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724, 796, 876, 963, 1060, 1166, 1282, 1411,
  1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894, 6484, 7132, 7845, 8630, 9493, 10442,
  11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767,
];
const STEP_CHANGES = [-1, -1, -1, -1, 2, 4, 6, 8];

/** Microsoft's ADPCM: predictor weights of the seven standard pairs, and how the step changes, in 1/256. */
const WEIGHTS = [
  [256, 0],
  [512, -256],
  [0, 0],
  [192, 64],
  [240, 0],
  [460, -208],
  [392, -232],
] as const;
const FACTORS = [230, 230, 230, 230, 307, 409, 512, 614, 768, 614, 512, 409, 307, 230, 230, 230];

/** Decodes one block into the channels, from sample `at` of each on. */
export type BlockDecoder = (block: Buffer, channels: readonly Float32Array[], at: number) => void;

/** A block of IMA ADPCM: for each channel a first sample and a step; then four bytes of each channel in turn, the low half of a byte first. */
export const decodeImaBlock: BlockDecoder = (block, channels, at) => {
  const count = channels.length;
  channels.forEach((samples, channel) => {
    let value = block.readInt16LE(4 * channel);
    let index = Math.min(88, block[4 * channel + 2]!);
    samples[at] = value / 32_768;
    let to = at + 1;
    for (let from = 4 * (count + channel); from + 4 <= block.length; from += 4 * count) {
      for (let half = 0; half < 8; half++) {
        const code = (block[from + (half >> 1)]! >> (4 * (half & 1))) & 15;
        const step = STEPS[index]!;
        const change = (step >> 3) + (code & 4 ? step : 0) + (code & 2 ? step >> 1 : 0) + (code & 1 ? step >> 2 : 0);
        value = limited(code & 8 ? value - change : value + change);
        index = Math.min(88, Math.max(0, index + STEP_CHANGES[code & 7]!));
        samples[to++] = value / 32_768;
      }
    }
  });
};

/** A block of Microsoft's ADPCM: for each channel a predictor, a step and two samples; then half a byte of each channel in turn, high half first. */
export const decodeMicrosoftBlock: BlockDecoder = (block, channels, at) => {
  const count = channels.length;
  const state = channels.map((samples, channel) => {
    const now = block.readInt16LE(count + 2 * count + 2 * channel);
    const before = block.readInt16LE(count + 4 * count + 2 * channel);
    samples[at] = before / 32_768;
    samples[at + 1] = now / 32_768;
    return { weights: WEIGHTS[block[channel]!] ?? WEIGHTS[0], step: block.readInt16LE(count + 2 * channel), now, before };
  });
  const halves = (block.length - 7 * count) * 2;
  for (let half = 0; half < halves - (halves % count); half++) {
    const code = (block[7 * count + (half >> 1)]! >> (half & 1 ? 0 : 4)) & 15;
    const of = state[half % count]!;
    const predicted = (of.now * of.weights[0] + of.before * of.weights[1]) >> 8;
    const value = limited(predicted + (code & 8 ? code - 16 : code) * of.step);
    of.before = of.now;
    of.now = value;
    of.step = Math.max(16, (FACTORS[code]! * of.step) >> 8);
    channels[half % count]![at + 2 + Math.floor(half / count)] = value / 32_768;
  }
};

function limited(value: number): number {
  return Math.min(32_767, Math.max(-32_768, value));
}
