/** Where an option stands: the function that was called, and the path to the option in what it was given. */
export interface OptionPlace {
  /** `dcgan`, `train`, … */
  readonly where: string;
  /** `generatorOptimizer.learningRate`; empty for the options object itself. */
  readonly path: string;
}

/** An option that is missing, unknown, or not what it must be. The message says which, what was expected and what came. */
export class OptionsError extends Error implements OptionPlace {
  readonly where: string;
  readonly path: string;

  constructor({ where, path }: OptionPlace, problem: string) {
    super(`${where}: ${problem}`);
    this.name = 'OptionsError';
    this.where = where;
    this.path = path;
  }
}
