/** One convolution of stride 2 or 4, seen from the critic: the generator has the same, transposed and in the other order. */
export interface WaveLayer {
  readonly stride: 2 | 4;
  /** Channels on its deep side, in multiples of the width. */
  readonly channels: number;
}

/** The lengths in samples that a WaveGAN can have: 1024 times a power of two, from 4096. */
export const WAVE_LENGTHS: readonly number[] = [4096, 8192, 16384, 32768, 65536, 131072, 262144];

/** Channels grow no further than the paper's do. */
const MOST_CHANNELS = 32;

/**
 * The layers between a sound of this length and the shortest map, from the sound inwards.
 *
 * 16384, 32768 and 65536 are those of the paper (1802.04208, tables 3 to 5), and all others follow from them: layers of stride 4, twice the channels
 * at each, down to a map of 16; where a factor of 2 is left over, the innermost layer of the critic and the outermost of the generator have stride 2.
 * Only 8192, which has no layer to spare, goes down to a map of 8 instead.
 *
 * | samples | layers of stride 4 | of stride 2 | shortest map |
 * |---|---|---|---|
 * | 4096 | 4 | | 16 × 8 width |
 * | 8192 | 5 | | 8 × 16 width |
 * | 16384 | 5 | | 16 × 16 width |
 * | 32768 | 5 | 1 | 16 × 32 width |
 * | 65536 | 6 | | 16 × 32 width |
 * | 131072 | 6 | 1 | 16 × 32 width |
 * | 262144 | 7 | | 16 × 32 width |
 */
export function waveLayers(length: number): { readonly layers: readonly WaveLayer[]; readonly shortest: number } {
  const doublings = Math.log2(length / 16);
  const isWhole = Number.isInteger(doublings / 2);
  const shortest = length === 8192 ? 8 : 16;
  const fours = length === 8192 ? 5 : Math.floor(doublings / 2);
  const strides = [...Array<4>(fours).fill(4), ...(isWhole || length === 8192 ? [] : [2 as const])];
  return { layers: strides.map((stride, place) => ({ stride, channels: Math.min(2 ** place, MOST_CHANNELS) })), shortest };
}
