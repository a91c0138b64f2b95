import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { conditionsOf } from '../../data/conditions-of.js';
import type { Batch, Dataset } from '../../data/dataset.js';
import type { SampleFiles } from '../../modality.js';
import type { GenerativeModel, LatentModel, SampleOptions } from '../../training/generative-model.js';
import type { LoopOptions } from '../../training/loop-options.js';
import type { TrainingWarning, TrainReport } from '../../training/report.js';
import { Training } from '../../training/training.js';
import { writeReport } from '../report/write-report.js';
import { saveModel } from './model-files.js';
import { type NewRun, Run, RunError } from './run.js';
import { inSession } from './session.js';

/** What a model draws: a tensor, or one of each modality by name. */
type Samples = tf.Tensor | Readonly<Record<string, tf.Tensor>>;

/** The networks of a model that a run keeps. */
type Kept = Pick<GenerativeModel<unknown, unknown>, 'sampler' | 'readers'>;

/** What a run keeps, and how often. */
export interface RecordingOptions<S extends Samples = tf.Tensor> {
  /** Turns samples into files. */
  readonly files: SampleFiles<S>;
  /** Steps between previews: samples of the same latent points over time. Default 200. */
  readonly previewEvery?: number;
  /** Samples in a preview. Default 64. */
  readonly previewCount?: number;
  /** Steps between checkpoints. Default 500. */
  readonly checkpointEvery?: number;
  /** Checkpoints that are kept, beside the best. Default 2. */
  readonly keep?: number;
  /** Scores of the model at each checkpoint; they join the report's metrics. */
  readonly evaluate?: () => Promise<Record<string, number>>;
  /** The metric by which a checkpoint is the best; `model/` then holds that one. Without it, `model/` holds the newest. */
  readonly best?: { readonly metric: string; readonly goal: 'lowest' | 'highest' };
}

/**
 * Trains a model and keeps everything of it in a new run folder. Otherwise like `train`: stopping by `break` or by the signal stores the state,
 * and {@link resumeInRun} goes on from there. Other processes can pause and stop it too ({@link askSession}); where it was stopped so, the last report does not
 * say why it `stopped`.
 *
 * @throws RunError if the folder is not empty
 */
export async function* trainInRun<B, MethodOptions, S extends Samples = tf.Tensor>(
  directory: string,
  about: Omit<NewRun, 'model' | 'training'>,
  model: GenerativeModel<B, MethodOptions, SampleOptions, S>,
  data: Dataset<B>,
  options: LoopOptions & MethodOptions,
  recording: RecordingOptions<S>,
): AsyncGenerator<TrainReport, void, undefined> {
  const training = new Training(model, data, options);
  const asked = { ...about, model: { kind: model.kind, options: model.options }, training: training.options };
  const run = await Run.create(directory, asked).catch(async (error: unknown) => {
    await training.dispose();
    throw error;
  });
  yield* inSession(directory, record(run, { model, data }, training, recording), options.signal);
}

/**
 * Goes on with a run from its last checkpoint, bit-exactly: N steps and N more give what 2N steps in one go give. A run that was killed before its
 * first checkpoint starts anew.
 *
 * @param options what is to be different from now on: more steps, another limit, a signal. Everything else is as the run has it.
 * @throws RunError if the data are not those that the run was trained on
 */
export async function* resumeInRun<B, MethodOptions, S extends Samples = tf.Tensor>(
  run: Run,
  model: GenerativeModel<B, MethodOptions, SampleOptions, S>,
  data: Dataset<B>,
  options: LoopOptions & Partial<MethodOptions>,
  recording: RecordingOptions<S>,
): AsyncGenerator<TrainReport, void, undefined> {
  if (data.fingerprint !== run.record.data.fingerprint) {
    throw new RunError(
      `The data at ${run.record.data.source} have changed since this run began (${run.record.data.size} samples then, ${data.size} now). ` +
        'Bring them back, or start a new run.',
    );
  }
  const training = new Training(model, data, { ...run.record.training, ...options } as LoopOptions & MethodOptions);
  const last = (await run.checkpoints.steps()).at(-1);
  await run.metrics.cutAfter(last ?? 0);
  if (last !== undefined) await training.restore(await run.checkpoints.load(last));
  const resumed = await run.withTraining(training.options);
  yield* inSession(run.directory, record(resumed, { model, data }, training, recording), options.signal);
}

async function* record<B, MethodOptions, S extends Samples>(
  run: Run,
  { model, data }: { readonly model: GenerativeModel<B, MethodOptions, SampleOptions, S>; readonly data: Dataset<B> },
  training: Training<B, MethodOptions>,
  { files, previewEvery = 200, previewCount = 64, checkpointEvery = 500, keep = 2, evaluate, best }: RecordingOptions<S>,
): AsyncGenerator<TrainReport, void, undefined> {
  let broken = false;
  const store = async (): Promise<void> => {
    await run.checkpoints.save(training.step, await training.state());
    await run.checkpoints.prune(keep);
  };
  try {
    let report: TrainReport;
    do {
      const before = training.step;
      report = await training.advance();
      const due = (every: number) => report.stopped !== undefined || Math.floor(report.step / every) > Math.floor(before / every);

      if (due(previewEvery)) {
        const conditions = isToldConditions(model)
          ? await conditionsOf(data as Dataset<Batch>, { count: previewCount, seed: 'preview' })
          : undefined;
        const samples = await model.sample(previewCount, { seed: 'preview', ...(conditions && { conditions }) });
        conditions?.dispose();
        const name = `${String(report.step).padStart(8, '0')}${files.previewExtension}`;
        await files.writePreview(samples, path.join(run.samplesDirectory, name));
        tf.dispose(samples as tf.TensorContainer);
      }
      if (due(checkpointEvery)) {
        if (evaluate) report = { ...report, metrics: { ...report.metrics, ...(await evaluate()) } };
        await store();
        if (await isBest(run, report, best)) await keepModel(run, model, report.step);
        report = { ...report, warnings: [...report.warnings, ...(await overfitting(run, report, best))] };
        await run.metrics.append(report);
        await writeReport(run);
      } else {
        await run.metrics.append(report);
      }
      yield report;
    } while (!report.stopped);
  } catch (error) {
    // A state with broken numbers would only spoil the last good checkpoint.
    broken = !isAbort(error);
    throw error;
  } finally {
    if (!broken) {
      await store();
      if (!best) await keepModel(run, model, training.step);
    }
    await training.dispose();
  }
}

function isToldConditions(model: object): boolean {
  return (model as Partial<LatentModel>).latent?.conditionShape !== undefined;
}

/** All that is needed to sample from the model later, and to read samples with it. */
async function keepModel(run: Run, { sampler, readers = {} }: Kept, step: number): Promise<void> {
  for (const [name, reader] of Object.entries(readers)) await saveModel(path.join(run.modelDirectory, name), reader, step);
  await saveModel(run.modelDirectory, sampler, step);
}

/** Whether `model/` is to hold this state: always, unless a metric says that an earlier one was better. */
async function isBest(run: Run, report: TrainReport, best: RecordingOptions['best']): Promise<boolean> {
  if (!best) return true;
  const value = report.metrics[best.metric];
  if (value === undefined) return false;
  const before = await run.checkpoints.best();
  const better = !before || (best.goal === 'lowest' ? value < before.value : value > before.value);
  if (better) await run.checkpoints.setBest({ step: report.step, metric: best.metric, value });
  return better;
}

/** So many checkpoints must have gone by since the best one before it is told. */
const PATIENCE = 3;
/** By this share of the best value a later one must be worse: less is noise. */
const NOTICEABLE = 0.005;

/** A warning where the metric that decides on the best checkpoint has been worse ever since one that lies some checkpoints back. */
async function overfitting(run: Run, { step, metrics }: TrainReport, best: RecordingOptions['best']): Promise<TrainingWarning[]> {
  const before = best && (await run.checkpoints.best());
  const value = best && metrics[best.metric];
  if (!before || value === undefined) return [];
  const since = (await run.metrics.read()).filter((report) => report.step > before.step && best.metric in report.metrics);
  // This checkpoint's own report is not among them yet.
  if (since.length + 1 !== PATIENCE || Math.abs(value - before.value) < NOTICEABLE * Math.abs(before.value)) return [];
  const message =
    `${best.metric} was best at step ${before.step} (${before.value.toPrecision(4)}) and is ${value.toPrecision(4)} at step ${step}: it may be ` +
    'learning its data by heart. The folder model of the run holds the best. More data help most; else fewer steps, a smaller model, or more dropout.';
  return [{ cause: 'overfitting', message }];
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
