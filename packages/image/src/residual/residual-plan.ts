/** One residual block of a discriminator. */
export interface DiscriminatorBlock {
  readonly filters: number;
  /** Whether it halves the sides of the map. */
  readonly halves: boolean;
  /** Height and width of the map that it gives. */
  readonly side: number;
}

/** One residual block of a generator; each doubles the sides of the map. */
export interface GeneratorBlock {
  readonly filters: number;
  /** Height and width of the map that it gives. */
  readonly side: number;
}

/** The residual networks for one size of pictures. */
export interface ResidualPlan {
  readonly generator: {
    /** Height and width of the map that the latent point is projected to, and its channels. */
    readonly side: number;
    readonly filters: number;
    readonly blocks: readonly GeneratorBlock[];
  };
  readonly discriminator: readonly DiscriminatorBlock[];
}

/** How the channels of blocks follow each other. */
export const RESIDUAL_WIDTHS = ['doubling', 'even'] as const;

/** One of {@link RESIDUAL_WIDTHS}. */
export type ResidualWidths = (typeof RESIDUAL_WIDTHS)[number];

/** Channels grow to so many times the width, as for ImageNet. */
const WIDEST = 16;

/**
 * The blocks of the residual networks of 1802.05957, appendix B.4: 'doubling' those of tables 5 (48 pixels) and 6 (128 pixels), which double their channels
 * wherever they halve the map; 'even' those of table 4 (CIFAR-10), all of one width, the generator's being twice the discriminator's. Other sizes follow
 * the same rules.
 *
 * @param width channels of the discriminator's first block: 128 in table 4, 64 in tables 5 and 6
 */
export function residualPlan(size: number, width: number, widths: ResidualWidths): ResidualPlan {
  const doublings = Math.floor(Math.log2(size / 4));
  const side = size / 2 ** doublings;
  const isEven = widths === 'even';
  const widened = (times: number) => width * Math.min(WIDEST, 2 ** times);
  return {
    generator: {
      side,
      filters: isEven ? 2 * width : widened(doublings),
      blocks: Array.from({ length: doublings }, (_, i) => ({
        filters: isEven ? 2 * width : widened(doublings - 1 - i),
        side: side * 2 ** (i + 1),
      })),
    },
    discriminator: isEven ? evenBlocks(size, width) : doublingBlocks(size, widened),
  };
}

function evenBlocks(size: number, filters: number): DiscriminatorBlock[] {
  return [2, 4, 4, 4].map((times, i) => ({ filters, halves: i < 2, side: size / times }));
}

/** Halved while that leaves whole sides of at least 3; then one block as wide as the next would be. */
function doublingBlocks(size: number, widened: (times: number) => number): DiscriminatorBlock[] {
  const blocks: DiscriminatorBlock[] = [];
  let side = size;
  while (side > 4 && side % 2 === 0) {
    side /= 2;
    blocks.push({ filters: widened(blocks.length), halves: true, side });
  }
  return [...blocks, { filters: widened(blocks.length), halves: false, side }];
}
