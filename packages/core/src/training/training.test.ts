import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Batch } from '../data/dataset.js';
import { OptionsError } from '../options/options-error.js';
import type { Random } from '../random/random.js';
import { TrainingError } from './health.js';
import type { Step } from './method.js';
import type { TrainReport } from './report.js';
import { toyData, toyModel } from './toy-model.js';
import { train } from './train.js';
import { Training } from './training.js';

let model: ReturnType<typeof toyModel>;
beforeEach(() => {
  model = toyModel();
});
afterEach(() => model.dispose());

async function all(reports: AsyncIterable<TrainReport>): Promise<TrainReport[]> {
  const collected: TrainReport[] = [];
  for await (const report of reports) collected.push(report);
  return collected;
}

test('reports at the steps asked for, and learns', async () => {
  const reports = await all(train(model, toyData(), { steps: 250, batchSize: 16, reportEvery: 100 }));
  expect(reports.map(({ step }) => step)).toEqual([100, 200, 250]);
  expect(reports.map(({ samplesSeen }) => samplesSeen)).toEqual([1600, 3200, 4000]);
  expect(reports.at(-1)).toMatchObject({ stopped: 'steps', progress: 1, secondsLeft: 0 });
  // The mean of 3 + sin(i) for i in 0 … 63 is 3.0140 (NumPy: (3 + np.sin(np.arange(64))).mean()).
  expect(await model.mean()).toBeCloseTo(3.014, 1);
  expect(reports.at(-1)!.metrics.loss).toBeLessThan(reports[0]!.metrics.loss!);
});

test('stops when a metric is good enough', async () => {
  const reports = await all(train(model, toyData(), { until: { metric: 'loss', below: 2 }, batchSize: 16, reportEvery: 5 }));
  expect(reports.at(-1)).toMatchObject({ stopped: 'metric' });
  expect(reports.at(-1)!.metrics.loss).toBeLessThanOrEqual(2);
  expect(reports.at(-2)!.metrics.loss).toBeGreaterThan(2);
});

test('stops after the minutes asked for', async () => {
  const started = performance.now();
  const reports = await all(train(model, toyData(), { minutes: 0.005, batchSize: 4, reportEvery: 1_000_000 }));
  expect(reports.map(({ stopped }) => stopped)).toEqual(['minutes']);
  expect(performance.now() - started).toBeGreaterThanOrEqual(300);
});

test('an aborted signal throws its reason out of the loop', async () => {
  const controller = new AbortController();
  const loop = async () => {
    for await (const { step } of train(model, toyData(), { steps: 1000, signal: controller.signal }))
      if (step === 40) controller.abort();
  };
  await expect(loop()).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
});

test('leaving the loop frees what the training owns', async () => {
  const before = tf.memory().numTensors;
  for await (const { step } of train(model, toyData(), { steps: 1000 })) if (step === 40) break;
  expect(tf.memory().numTensors).toBe(before);
});

test('names the figure that is no number, and the step', async () => {
  const reports = all(train(model, toyData(), { steps: 40, scale: Number.MAX_VALUE }));
  await expect(reports).rejects.toThrow(TrainingError);
  await expect(reports).rejects.toThrow(/step 20: loss is (NaN|Infinity)/);
});

test('knows the options of the loop and of the model, and no others', () => {
  expect(() => new Training(model, toyData(), { stepz: 3 } as object)).toThrow("unknown option 'stepz'; did you mean 'steps'?");
  expect(() => new Training(model, toyData(), { scael: 3 } as object)).toThrow("unknown option 'scael'; did you mean 'scale'?");
  expect(() => new Training(model, toyData(), { steps: -1 })).toThrow(OptionsError);
});

test('a training that was stored and restored goes on bit for bit', async () => {
  const options = { steps: 60, batchSize: 16, reportEvery: 10 };
  await all(train(model, toyData(), options));
  const expected = await model.mean();

  const first = toyModel();
  const half = new Training(first, toyData(), options);
  for (let i = 0; i < 3; i++) await half.advance();
  const state = await half.state();
  await half.dispose();
  first.dispose();

  const second = toyModel();
  const rest = new Training(second, toyData(), options);
  await rest.restore(state);
  const reports: TrainReport[] = [];
  while (!reports.at(-1)?.stopped) reports.push(await rest.advance());
  expect(reports.map(({ step }) => step)).toEqual([40, 50, 60]);
  expect(await second.mean()).toBe(expected);
  await rest.dispose();
  second.dispose();
});

/** The toy model trained in two stages: three steps of counting, then fitting, which it measures itself. */
function stagedToy(latestEnd?: number): typeof model & { counted: number[] } {
  const counted: number[] = [];
  return {
    ...model,
    counted,
    trainingMethod(options, random) {
      const method = model.trainingMethod(options, random);
      return {
        ...method,
        stages: [
          { name: 'counting', steps: 3, ...(latestEnd !== undefined && { latestEnd }) },
          { name: 'fitting', steps: 4, cost: 2 },
        ],
        phases: [
          { name: 'count', stage: 'counting', every: 2, run: ({ stageStep }) => counted.push(stageStep) },
          ...method.phases.map((phase) => ({ ...phase, stage: 'fitting' })),
          { name: 'await', stage: 'fitting', every: 3, runAsync: async () => void counted.push(-1) },
          { name: 'recount', stage: 'fitting', every: 2, run: ({ stageStep }) => counted.push(stageStep) },
        ],
        measure: async ({ index, stageStep }) => ({ mean: await model.mean(), 'step/last': index, 'step/stage': stageStep }),
      };
    },
  };
}

test('a stage that has had its share of the minutes is over, also for a training that is taken up again', async () => {
  const options = { minutes: 60, batchSize: 16, reportEvery: 1 };
  const first = new Training(stagedToy(0), toyData(), options);
  expect([(await first.advance()).stage?.name, (await first.advance()).stage?.name]).toEqual(['counting', 'fitting']);
  const state = await first.state();
  await first.dispose();
  const second = new Training(stagedToy(1), toyData(), options);
  await second.restore(state);
  expect((await second.advance()).stage?.name).toBe('fitting');
  await second.dispose();
  // Without minutes there is no share of them.
  const whole = await all(train(stagedToy(0.5), toyData(), { steps: 3, batchSize: 16, reportEvery: 3 }));
  expect(whole.at(-1)!.stage!.name).toBe('counting');
});

test('goes through the stages of a method, which sets the length; phases count from the start of their stage', async () => {
  const staged = stagedToy();
  const reports = await all(train(staged, toyData(), { batchSize: 16, reportEvery: 3 }));
  expect(reports.map(({ step }) => step)).toEqual([3, 6, 7]);
  expect(reports.map(({ stage }) => [stage?.name, stage?.progress])).toEqual([
    ['counting', 1],
    ['fitting', 0.75],
    ['fitting', 1],
  ]);
  expect(reports.map(({ progress }) => progress)).toEqual([3 / 11, 9 / 11, 1]);
  expect(staged.counted).toEqual([0, 2, -1, 0, 2, -1]);
  expect(reports[0]!.metrics).toEqual({ mean: 0, 'step/last': 2, 'step/stage': 2 });
  expect(reports[1]!.metrics).toMatchObject({ 'step/last': 5, 'step/stage': 2 });
  expect(reports.at(-1)!.metrics).toMatchObject({ mean: await model.mean(), loss: expect.any(Number) });
});

test('a stage may see samples of its own, also when it is taken up again', async () => {
  const seen: number[][] = [];
  const picky = () => {
    const staged = stagedToy();
    return {
      ...staged,
      trainingMethod(options: { scale?: number }, random: Random) {
        const method = staged.trainingMethod(options, random);
        const [first, ...others] = method.stages!;
        const look = {
          name: 'look',
          every: 1,
          runAsync: async ({ batches }: Step<Batch>) => void seen.push([...(await batches[0]!.samples.data())]),
        };
        return { ...method, phases: [...method.phases, look], stages: [{ ...first!, samplesOf: () => [5, 9] }, ...others] };
      },
    };
  };
  const options = { steps: 5, batchSize: 4, reportEvery: 2 };
  await all(train(picky(), toyData(), options));
  const whole = seen.splice(0);
  const own = [5, 9].map((i) => Math.fround(3 + Math.sin(i)));
  for (const batch of whole.slice(0, 3)) expect(new Set(batch)).toEqual(new Set(own));
  expect(new Set(whole.slice(3).flat()).size).toBe(8);

  const half = new Training(picky(), toyData(), options);
  await half.advance();
  const state = await half.state();
  await half.dispose();
  const rest = new Training(picky(), toyData(), options);
  await rest.restore(state);
  await rest.advance();
  await rest.advance();
  await rest.dispose();
  expect(seen).toEqual(whole);
});

test('a limit counts for more than the length of a method, and what it measures can end a training', async () => {
  expect((await all(train(stagedToy(), toyData(), { steps: 9 }))).at(-1)).toMatchObject({ step: 9, stopped: 'steps' });
  const goal = { steps: 100, until: { metric: 'mean', above: 0.1 }, reportEvery: 1 };
  expect((await all(train(stagedToy(), toyData(), goal))).at(-1)!.stopped).toBe('metric');
});

test('takes any endless iterable of batches', async () => {
  async function* batches() {
    for (;;) yield { samples: tf.fill([8, 1], 5) };
  }
  await all(train(model, batches(), { steps: 300 }));
  expect(await model.mean()).toBeCloseTo(5, 1);
});

test('says so when the data end', async () => {
  async function* batches() {
    yield { samples: tf.fill([8, 1], 5) };
  }
  await expect(all(train(model, batches(), { steps: 2 }))).rejects.toThrow('the data ended after 1 batches');
});
