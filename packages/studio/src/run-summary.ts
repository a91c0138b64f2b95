/** A run as the page's list has it. */
export interface RunSummary {
  /** What addresses call it. */
  readonly id: string;
  readonly modality: string;
  /** The function that made the model. */
  readonly model: string;
  /** The name of the data. */
  readonly data: string;
  /** ISO 8601. */
  readonly created: string;
  readonly state: 'begun' | 'training' | 'paused' | 'stopped' | 'finished';
  /** After how many steps the model was kept; absent where there is none yet. */
  readonly modelStep?: number;
}

/** All that the page must know of one run. */
export interface RunDetails extends RunSummary {
  /** What the page reads of `run.json`. */
  readonly record: {
    readonly model: { readonly kind: string; readonly options: Readonly<Record<string, unknown>> };
    readonly data: { readonly classNames?: readonly string[] };
    readonly engine: string;
  };
  /** Samples over time, the earliest first. */
  readonly previews: readonly RunPreview[];
}

/** Files of samples after so many steps. */
export interface RunPreview {
  readonly step: number;
  /** Names in the run's folder of samples. */
  readonly files: readonly string[];
}
