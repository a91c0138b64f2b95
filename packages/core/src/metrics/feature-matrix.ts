/**
 * What the metrics compare: one row of features a sample, row after row in one array.
 *
 * The features come from a network that the caller chooses (a classifier of the same domain; see `featureNetwork` of `@polygan/datasets`),
 * never from one hidden in here. Distances from different networks cannot be compared.
 */
export interface FeatureMatrix {
  /** `rows × columns` finite numbers: sample `i` is `values[i * columns]` … `values[(i + 1) * columns - 1]`. */
  readonly values: Float32Array | Float64Array;
  /** How many samples. */
  readonly rows: number;
  /** How many features a sample. */
  readonly columns: number;
}

/**
 * Refuses features that no metric can be computed from.
 *
 * @throws if the array is not `rows × columns` long, there are fewer than `minimumRows` rows, or a value is NaN or infinite
 */
export function checkFeatures(caller: string, { values, rows, columns }: FeatureMatrix, minimumRows = 1): void {
  if (!Number.isInteger(rows) || !Number.isInteger(columns) || columns < 1 || values.length !== rows * columns) {
    throw new Error(
      `${caller}: expected rows × columns values, got ${values.length} values for ${rows} rows of ${columns} columns`,
    );
  }
  if (rows < minimumRows) throw new Error(`${caller}: expected at least ${minimumRows} samples, got ${rows}`);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new Error(
      `${caller}: feature ${bad % columns} of sample ${Math.floor(bad / columns)} is ${values[bad]}; features must be finite. Check the samples that the feature network was given`,
    );
  }
}

/**
 * Refuses two sets of features that do not come from one network.
 *
 * @throws as {@link checkFeatures}, and if the numbers of columns differ
 */
export function checkFeaturePair(caller: string, real: FeatureMatrix, fake: FeatureMatrix, minimumRows = 1): void {
  checkFeatures(caller, real, minimumRows);
  checkFeatures(caller, fake, minimumRows);
  if (real.columns !== fake.columns) {
    throw new Error(
      `${caller}: real samples have ${real.columns} features and fake ones ${fake.columns}; both must come from one network`,
    );
  }
}
