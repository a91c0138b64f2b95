import { explainedShare, type FeatureMatrix, ridgeRegression } from '@polygan/core';
import type { Score } from '@polygan/core/node';
import { type PictureReduction, reducePictures } from '@polygan/image';
import * as tf from '@tensorflow/tfjs';
import type { ComparedSides } from '../evaluation/compare-sides.js';
import { isReduction } from './conditioned-pictures.js';
import type { AnyModel, OpenedData } from './modality-commands.js';
import type { Attribute } from './picture-attributes.js';

/** What {@link conditionScores} looks at. */
export interface ConditionScoreRequest {
  readonly data: OpenedData;
  readonly model: AnyModel;
  /** What samples were made under, `[n, ...conditionShape]`: sample i under condition i mod n. Borrowed. */
  readonly conditions: tf.Tensor;
  readonly compared: Pick<ComparedSides, 'sides' | 'chosen'>;
  readonly seed: number;
}

/** Conditions under which several samples are compared with each other. */
const COMPARED = 64;

/** Whether pictures are as they were asked for, and whether there are several of what was asked for once. */
export async function conditionScores(request: ConditionScoreRequest): Promise<readonly Score[]> {
  const { from, attributes } = request.data.options as { from?: string; attributes?: readonly Attribute[] };
  const agreement =
    from !== undefined && isReduction(from)
      ? [await agreementWithReduction(request, from)]
      : attributes
        ? await agreementWithAttributes(request, attributes)
        : [];
  // There is none where all that was asked for, or all that was made, is the same.
  return [...agreement, await varietyUnderOne(request)].filter(
    ({ value, realValue = 0 }) => Number.isFinite(value) && Number.isFinite(realValue),
  );
}

async function agreementWithReduction(
  { model, compared, conditions }: ConditionScoreRequest,
  from: PictureReduction,
): Promise<Score> {
  const { rows, values } = compared.sides.fake.samples;
  const { size, channels } = model.options as { size: number; channels: number };
  const pictures = tf.tensor4d(values as Float32Array, [rows, size, size, channels]);
  const reduced = reducePictures(pictures, from);
  const told = inTurn(conditions, rows);
  const [value] = explainedShare(oneColumn(await reduced.data()), oneColumn(await told.data()));
  tf.dispose([pictures, reduced, told]);
  return {
    metric: 'conditionAgreement',
    title: 'Agreement with what it is made from',
    value: value!,
    realValue: 1,
    better: 'higher',
    meaning: `How well a generated picture, ${from === 'grey' ? 'made grey' : `reduced to '${from}'`}, agrees with what it was made from (R²): 1 is exactly, 0 no better than the mean of all.`,
    real: rows,
    fake: rows,
  };
}

async function agreementWithAttributes(
  { data, compared, conditions }: ConditionScoreRequest,
  attributes: readonly Attribute[],
): Promise<Score[]> {
  const { reference, others, fake } = compared.sides;
  const { rows } = reference.features;
  const ofReal = async (from: number) => {
    const { conditions: told, ...rest } = await data.dataset.batch([...compared.chosen.subarray(from, from + rows)]);
    tf.dispose({ ...rest });
    return taken(told!);
  };
  const reader = ridgeRegression(reference.features, await ofReal(0), { penalty: 0.1 });
  const values = explainedShare(reader.predict(fake.features), await taken(inTurn(conditions, fake.features.rows)));
  const realValues = explainedShare(reader.predict(others.features), await ofReal(rows));
  return attributes.map(({ name }, i) => ({
    metric: `attributeAgreement.${name}`,
    title: `Agreement with '${name}'`,
    value: values[i]!,
    realValue: realValues[i]!,
    better: 'higher',
    meaning: `How well '${name}', read by a linear regression that has seen real pictures only, agrees with what was asked for (R²).`,
    real: rows,
    fake: fake.features.rows,
  }));
}

/** How far samples under one condition lie from each other, by how far those under different ones do. */
async function varietyUnderOne({ model, conditions, seed }: ConditionScoreRequest): Promise<Score> {
  const some = inTurn(conditions, Math.min(COMPARED, conditions.shape[0]!));
  const [count] = some.shape as [number];
  const samples = await model.sample(2 * count, { seed: `variety ${seed}`, conditions: some });
  const distances = tf.tidy(() => {
    const [one, other] = tf.split(samples.reshape([2 * count, -1]), 2) as [tf.Tensor, tf.Tensor];
    const apart = (a: tf.Tensor, b: tf.Tensor) => tf.mean(tf.norm(tf.sub(a, b), 2, 1));
    return tf.stack([apart(one, other), apart(one, tf.reverse(other, 0))]);
  });
  const [within, across] = (await distances.data()) as Float32Array;
  tf.dispose([some, samples, distances]);
  return {
    metric: 'conditionVariety',
    title: 'Variety under one condition',
    value: within! / across!,
    better: 'higher',
    meaning:
      'How far two pictures under one condition lie from each other, where 1 is as far as two under different ones: 0 is always the same.',
    real: 0,
    fake: 2 * count,
  };
}

/** As many rows as are asked for, beginning anew after the last. */
function inTurn(rows: tf.Tensor, count: number): tf.Tensor {
  const numbers = Int32Array.from({ length: count }, (_, i) => i % rows.shape[0]!);
  return tf.tidy(() => tf.gather(rows, tf.tensor1d(numbers, 'int32')));
}

/** Takes over a tensor `[rows, columns]`. */
async function taken(tensor: tf.Tensor): Promise<FeatureMatrix> {
  const [rows, columns] = tensor.shape as [number, number];
  const values = Float32Array.from(await tensor.data());
  tensor.dispose();
  return { values, rows, columns };
}

function oneColumn(values: ArrayLike<number>): FeatureMatrix {
  return { values: Float32Array.from(values), rows: values.length, columns: 1 };
}
