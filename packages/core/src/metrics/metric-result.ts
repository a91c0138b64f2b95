/** What every metric's result says beside its value: a figure means little without the number of samples behind it. */
export interface MetricResult {
  /** The metric's name, as its function is called. */
  readonly name: string;
  /** How many real samples were compared, where the metric takes real samples. */
  readonly real?: number;
  /** How many generated samples were compared. */
  readonly fake: number;
  /** The seed of the metric's own random choices, where it makes any. */
  readonly seed?: number | string;
}
