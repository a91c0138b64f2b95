/** How large a case is; the same on both sides. */
export interface CaseSize {
  readonly batch: number;
  /** Channels of the layer next to the sample. */
  readonly width: number;
}

/** One thing that is timed on polygan and on PyTorch. The case of the same name in torch_peers.py does the same work. */
export interface SpeedCase {
  readonly title: string;
  readonly size: CaseSize;
  /** Other sizes, timed when cost against size is asked for. */
  readonly variants?: readonly Partial<CaseSize>[];
  /** Builds the model on tfjs's current engine. */
  prepare(size: CaseSize): PreparedCase;
}

/** A case that is ready to run. */
export interface PreparedCase {
  /** The very first step, results read. */
  first(): Promise<void>;
  /** Some more steps, results read at the end as a user's program would; returns how many. */
  advance(): Promise<number>;
}
