import * as tf from '@tensorflow/tfjs';

/** Keeps the CPU backend from advising on the terminal, at its first use, to install a faster one: which one it is has been decided here. */
export function quietCpu(): void {
  const cpu = tf.findBackend('cpu') as (tf.KernelBackend & { firstUse: boolean }) | null;
  if (cpu) cpu.firstUse = false;
}
