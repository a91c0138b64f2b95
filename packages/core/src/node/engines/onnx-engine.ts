import * as tf from '@tensorflow/tfjs';
import type { EngineOptions } from './engine-options.js';
import { replaceBackend } from './start-backend.js';

/**
 * Nodes of a graph. Training awaits something after each step, so that a step is a graph of its own anyhow, and never so large; cut in two it would make what its parts
 * have in common twice. (The backend's own bound is for loops that await nothing.)
 */
const MAX_RECORDED_NODES = 65_536;

/** Loads the ONNX backend, with as many threads as are asked for. */
export async function loadOnnx({ threads }: EngineOptions): Promise<void> {
  const { OnnxBackend } = await import('@polygan/tfjs-backend-onnx').catch(notInstalled);
  const running = tf.engine().registry.onnx as InstanceType<typeof OnnxBackend> | undefined;
  const wanted = { ...(threads !== undefined && { threads }), maxRecordedNodes: MAX_RECORDED_NODES };
  if (running && Object.entries(wanted).every(([name, value]) => running.options[name as keyof typeof wanted] === value)) return;
  try {
    const backend = new OnnxBackend({ ...running?.options, ...wanted });
    replaceBackend('onnx', backend, tf.engine().registryFactory.onnx!.priority);
  } catch (error) {
    throw isMissing(error) ? new Error(whatIsMissing(error.message)) : error;
  }
}

/** npm leaves out an optional dependency whose installation fails. */
function notInstalled(error: unknown): never {
  throw isMissing(error) ? new Error('@polygan/tfjs-backend-onnx, or what it needs, is not installed') : error;
}

function whatIsMissing(message: string): string {
  return message.includes("'onnxruntime-node")
    ? 'onnxruntime-node is not installed'
    : `onnxruntime-node has no library for ${process.platform} on ${process.arch}`;
}

function isMissing(error: unknown): error is Error {
  return error instanceof Error && /MODULE_NOT_FOUND/.test((error as NodeJS.ErrnoException).code ?? '');
}
