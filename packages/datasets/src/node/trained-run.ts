import { packageFile } from './package-file.js';

/** The models that come with this package, by the names that commands know them by. */
const NAMES = ['digits-in-three-forms'] as const;

/** The name of a model that comes with this package. */
export type TrainedRunName = (typeof NAMES)[number];

/** Whether a model of that name comes with this package. */
export function isTrainedRun(name: string): name is TrainedRunName {
  return (NAMES as readonly string[]).includes(name);
}

/**
 * The folder of a model that was trained for longer than anybody wants to wait at first: a run, as core's `Run.open` opens it. How each was trained and
 * how good it is stands in README.md beside them.
 *
 * @throws if there is no model of this name
 */
export function trainedRun(name: TrainedRunName): string {
  if (!isTrainedRun(name)) throw new Error(`trainedRun: there is none of the name '${name}', only ${NAMES.join(', ')}`);
  return packageFile('models', name);
}
