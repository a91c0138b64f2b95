import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Float16Array } from '@petamoriken/float16';
import * as tf from '@tensorflow/tfjs';
import { storeTensors } from '../../training/state.js';
import { writeFileAtomically } from '../run/atomic-files.js';
import type { WeightBits } from '../run/compact-weights.js';
import { loadModel, saveModel } from '../run/model-files.js';
import { RunError } from '../run/run.js';
import { decodeSafetensors, encodeSafetensors, type SafeTensor } from '../run/safetensors.js';
import type { RunNetwork } from './difference.js';
import type { NetworkEnds } from './network-ends.js';

/** The forms in which a model can leave its run. */
export type ExportFormat = 'tfjs' | 'onnx' | 'safetensors';

/** A network that is to be written. */
export interface LeavingNetwork {
  readonly network: tf.LayersModel;
  readonly ends: NetworkEnds;
  /** The path of what is written, without an ending; of tfjs files, the folder. */
  readonly place: string;
  readonly step: number;
  readonly bits: WeightBits;
  /** Kept in the file, where it can be. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** What was written, opened again. */
export interface WrittenNetwork {
  readonly file: string;
  readonly run: RunNetwork;
  dispose(): Promise<void>;
}

/** Writes a network in a format, and opens it again from what was written. */
export const WRITERS: Readonly<Record<ExportFormat, (leaving: LeavingNetwork) => Promise<WrittenNetwork>>> = {
  async tfjs({ network, ends, place, step, bits }) {
    await saveModel(place, network, step, bits);
    const again = await loadModel(place);
    return { file: path.join(place, 'model.json'), run: runOf(again, ends), dispose: async () => void again.dispose() };
  },

  async onnx({ network, ends, place, bits, metadata }) {
    const { exportFunction, openOnnx } = await onnxExport();
    const run = (inputs: Readonly<Record<string, tf.Tensor>>) => applied(network, ends, inputs);
    const contents = exportFunction(
      (inputs) => Object.fromEntries(run(inputs).map((result, i) => [ends.outputs[i]!.name, result])),
      {
        inputs: Object.fromEntries(ends.inputs.map(({ name, ...input }) => [name, input])),
        names: new Map(network.weights.map((weight) => [weight.read(), weight.originalName])),
        bits,
        metadata,
      },
    );
    const file = `${place}.onnx`;
    await mkdir(path.dirname(file), { recursive: true });
    await writeFileAtomically(file, contents);
    const opened = await openOnnx(contents);
    return {
      file,
      run: async (inputs) => {
        const results = await opened.run(inputs);
        return ends.outputs.map(({ name }) => results[name]!);
      },
      dispose: () => opened.dispose(),
    };
  },

  async safetensors({ network, ends, place, bits, metadata }) {
    if (bits === 8) throw new RunError("exportRun: safetensors has no weights of 8 bits; 'bits' must be 32 or 16 for it");
    const names = network.weights.map(({ originalName }) => originalName);
    const stored = await storeTensors(Object.fromEntries(network.weights.map((weight, i) => [names[i]!, weight.read()])));
    const rounded = Object.entries(stored).map(([name, tensor]): [string, SafeTensor] => {
      if (bits === 32 || tensor.dtype !== 'float32') return [name, tensor];
      const halves = new Float16Array(tensor.values);
      return [name, { shape: tensor.shape, dtype: 'float16', values: new Uint16Array(halves.buffer) }];
    });
    const contents = encodeSafetensors(Object.fromEntries(rounded), metadata);
    const file = `${place}.safetensors`;
    await mkdir(path.dirname(file), { recursive: true });
    await writeFileAtomically(file, contents);
    // This network takes on the weights that were written: it has left its run already.
    const run: RunNetwork = async (inputs) => {
      const read = decodeSafetensors(contents);
      tf.tidy(() =>
        network.setWeights(names.map((name) => tf.tensor(read[name]!.values, [...read[name]!.shape], read[name]!.dtype))),
      );
      return runOf(network, ends)(inputs);
    };
    return { file, run, dispose: async () => {} };
  },
};

/** A network as a function of its inputs by name. */
export function runOf(network: tf.LayersModel, ends: NetworkEnds): RunNetwork {
  return async (inputs) => tf.tidy(() => applied(network, ends, inputs));
}

/** Inputs that are not told are 0. */
function applied(network: tf.LayersModel, ends: NetworkEnds, inputs: Readonly<Record<string, tf.Tensor>>): tf.Tensor[] {
  const [first] = Object.values(inputs);
  const given = network.inputs.map(({ shape, dtype }, i) => {
    const name = ends.inputs[i]?.name;
    return name === undefined
      ? tf.zeros(
          shape.map((extent) => extent ?? first!.shape[0]!),
          dtype,
        )
      : inputs[name]!;
  });
  return [network.apply(given.length === 1 ? given[0]! : given, { training: false })].flat() as tf.Tensor[];
}

async function onnxExport() {
  return import('@polygan/tfjs-backend-onnx/export').catch((error: unknown) => {
    throw new RunError(
      `exportRun: ONNX files are written by @polygan/tfjs-backend-onnx, which does not load here: ${(error as Error).message}. Install it, or export to tfjs`,
      { cause: error },
    );
  });
}
