import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Json } from '@polygan/core';
import { type NewRun, trainInRun } from '@polygan/core/node';
import { filesFor } from '../modalities/model-form.js';
import { onInterruption } from '../terminal/interruption.js';
import type { Output } from '../terminal/output.js';
import { followTraining } from './follow-training.js';
import { prepareTraining, type TrainFlags } from './prepare-training.js';
import { tellRisks } from './tell-risks.js';

/** Trains a model in a new run folder. @param command the command line, for the run to keep */
export async function train(kind: string, flags: TrainFlags, command: string, output: Output): Promise<number> {
  const interruption = onInterruption(() =>
    output.warn('Stopping after this step and saving; press Ctrl-C again to end at once.'),
  );
  try {
    const prepared = await prepareTraining(kind, flags, output, interruption.signal);
    const { modality, settings, recording, engine, source, data, dataset, model, options, title } = prepared;
    const directory = settings.out ?? (await numberedFolder(source));
    const about: Omit<NewRun, 'model' | 'training'> = {
      modality: modality.kind,
      engine,
      command,
      data: {
        source,
        options: data.options as Record<string, Json>,
        fingerprint: data.dataset.fingerprint,
        size: data.dataset.size,
        ...(data.dataset.classNames && { classNames: data.dataset.classNames }),
      },
      recording: { ...recording },
    };
    output.say(`${title}, kept in ${directory}`);
    const notes = await tellRisks(prepared, output);
    const evaluate = modality.measure?.(model, data);
    const reports = trainInRun(directory, { ...about, ...(notes.length > 0 && { notes }) }, model, dataset, options, {
      files: filesFor(modality, model),
      ...recording,
      ...(evaluate && { evaluate }),
    });
    output.data({
      event: 'start',
      run: directory,
      model: { kind: model.kind, options: model.options },
      ...about,
      skipped: data.skipped,
      notes,
    });
    const exitCode = await followTraining(reports, {
      directory,
      noun: modality.noun,
      model,
      output,
      interruption,
      tensorBoard: recording.tensorBoard,
    });
    model.dispose();
    return exitCode;
  } finally {
    interruption.dispose();
  }
}

/** `runs/NAME-1`, or with the next number that no folder has. */
async function numberedFolder(source: string): Promise<string> {
  await mkdir('runs', { recursive: true });
  const name = path.basename(source).replace(/[^\w.-]+/g, '-');
  const numbers = (await readdir('runs')).flatMap((other) => {
    const number = other.startsWith(`${name}-`) ? Number(other.slice(name.length + 1)) : Number.NaN;
    return Number.isInteger(number) ? [number] : [];
  });
  return path.join('runs', `${name}-${Math.max(0, ...numbers) + 1}`);
}
