/** Rows of numbers and the class of each. */
export interface LabelledRows {
  /** `[rows × columns]`, row after row. */
  readonly values: Float64Array;
  readonly columns: number;
  /** The class of each row, from 0 on. */
  readonly labels: readonly number[];
}

/** A linear classifier. */
export interface LinearClassifier {
  /** `[classes × (columns + 1)]`, class after class, each with its constant last. */
  readonly weights: Float64Array;
  /** The likeliest class of each row of `[rows × columns]`. */
  classify(values: Float64Array): number[];
}

/** Steps of the accelerated gradient, whose distance from the optimum falls with their square. */
const STEPS = 400;

/**
 * Multinomial logistic regression with a penalty of |weights|² / 2 in all, as scikit-learn's `LogisticRegression` has it by default (C = 1, constants free).
 * The problem is convex; Nesterov's accelerated gradient with a step from the bound of the curvature solves it, in double precision.
 *
 * @param classes how many there are
 */
export function softmaxRegression({ values, columns, labels }: LabelledRows, classes: number): LinearClassifier {
  const width = columns + 1;
  const rows = labels.length;
  // Half of the largest eigenvalue of all rows' products bounds the curvature (Böhning 1992); their trace bounds that.
  let curvature = 1 + rows / 2;
  for (const value of values) curvature += value ** 2 / 2;
  let weights = new Float64Array(classes * width);
  let ahead = weights;
  for (let step = 0; step < STEPS; step++) {
    const gradient = gradientAt(ahead, { values, columns, labels }, classes);
    const next = ahead.map((weight, i) => weight - gradient[i]! / curvature);
    const momentum = step / (step + 3);
    const before = weights;
    ahead = next.map((weight, i) => weight + momentum * (weight - before[i]!));
    weights = next;
  }
  return {
    weights,
    classify(some) {
      return Array.from({ length: some.length / columns }, (_, row) => {
        const logits = logitsOf(weights, some.subarray(row * columns, (row + 1) * columns), classes);
        return logits.indexOf(Math.max(...logits));
      });
    },
  };
}

/** The gradient of the penalised cross-entropy, summed over rows. */
function gradientAt(weights: Float64Array, { values, columns, labels }: LabelledRows, classes: number): Float64Array {
  const width = columns + 1;
  const gradient = weights.map((weight, i) => (i % width === columns ? 0 : weight));
  for (let row = 0; row < labels.length; row++) {
    const input = values.subarray(row * columns, (row + 1) * columns);
    const logits = logitsOf(weights, input, classes);
    const highest = Math.max(...logits);
    const odds = logits.map((logit) => Math.exp(logit - highest));
    const total = odds.reduce((sum, each) => sum + each, 0);
    for (let k = 0; k < classes; k++) {
      const error = odds[k]! / total - (labels[row] === k ? 1 : 0);
      for (let j = 0; j < columns; j++) gradient[k * width + j]! += error * input[j]!;
      gradient[k * width + columns]! += error;
    }
  }
  return gradient;
}

function logitsOf(weights: Float64Array, input: Float64Array, classes: number): number[] {
  const width = input.length + 1;
  return Array.from({ length: classes }, (_, k) => {
    let logit = weights[k * width + input.length]!;
    for (let j = 0; j < input.length; j++) logit += weights[k * width + j]! * input[j]!;
    return logit;
  });
}
