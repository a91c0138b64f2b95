import { encodeModel } from '../graph/model.js';
import { loadRuntime } from './native.js';

const CHANNELS = 64;
let found: number | undefined;

/**
 * How many channels the runtime puts in a block on this processor; 0 if it does not.
 *
 * It is not told anywhere, so a small picture whose values are channel numbers is put into blocks: its first pixel's
 * channels come in order, up to the end of the block.
 */
export function blockSize(): number {
  found ??= detect();
  return found;
}

function detect(): number {
  const { Session, Tensor } = loadRuntime();
  const shape = [1, 1, 2, CHANNELS];
  const model = encodeModel({
    nodes: [
      {
        name: 'probe',
        operator: 'com.microsoft.nchwc:ReorderInput',
        inputs: ['x'],
        outputs: ['y'],
        attributes: { channels_last: 1 },
      },
    ],
    constants: [],
    inputs: [{ name: 'x', dtype: 'float32', shape }],
    outputs: [{ name: 'y', dtype: 'float32', shape: [1, CHANNELS, 1, 2] }],
  });
  try {
    const session = new Session();
    session.loadModel(model.buffer, model.byteOffset, model.byteLength, { intraOpNumThreads: 1, logSeverityLevel: 4 });
    const x = Float32Array.from({ length: 2 * CHANNELS }, (_, position) => position % CHANNELS);
    const y = new Float32Array(2 * CHANNELS);
    session.run({ x: new Tensor('float32', x, shape) }, { y: new Tensor('float32', y, [1, CHANNELS, 1, 2]) }, {});
    session.dispose();
    const size = y.indexOf(0, 1);
    return size >= 8 && CHANNELS % size === 0 ? size : 0;
  } catch {
    // A runtime without these operators: convolution then goes the general way.
    return 0;
  }
}
