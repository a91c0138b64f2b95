import type { Json } from '../../training/state.js';
import type { RunRecord } from './run.js';

/** An option in which runs differ, and its value in each; undefined where a run has none. */
export interface DifferingOption {
  /** With dots: 'training.penalty.weight'. */
  readonly name: string;
  readonly values: readonly (Json | undefined)[];
}

/** The options of data, model and training in which runs differ. */
export function differingOptions(records: readonly RunRecord[]): DifferingOption[] {
  const flat = records.map(({ modality, data: { source, options }, model, training, engine }) =>
    Object.fromEntries(
      leaves('', {
        modality,
        data: { source, ...options },
        model: { kind: model.kind, ...model.options },
        training,
        engine,
      }),
    ),
  );
  const names = [...new Set(flat.flatMap((options) => Object.keys(options)))];
  return names
    .map((name) => ({ name, values: flat.map((options) => options[name]) }))
    .filter(({ values }) => values.some((value) => JSON.stringify(value) !== JSON.stringify(values[0])));
}

function leaves(name: string, value: Json): (readonly [string, Json])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[name, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(name ? `${name}.${key}` : key, inner as Json));
}
