import { expect, it } from 'vitest';
import { loadRuntime } from '../runtime/native.js';
import { encodeModel } from './model.js';
import { isRefusalToRead, unreadOutput } from './unread-output.js';

it('stops the runtime when the buffers are filled', () => {
  const { Session, Tensor } = loadRuntime();
  const model = encodeModel({
    nodes: [unreadOutput.node, { name: 'y', operator: 'Neg', inputs: ['x'], outputs: ['y'], attributes: {} }],
    constants: [unreadOutput.constant],
    inputs: [{ name: 'x', dtype: 'float32', shape: [2] }],
    outputs: [unreadOutput.value, { name: 'y', dtype: 'float32', shape: [2] }],
  });
  const session = new Session();
  session.loadModel(model.buffer, model.byteOffset, model.byteLength, {});
  const y = new Float32Array(2);
  let refusal: unknown;
  try {
    const x = new Tensor('float32', Float32Array.of(1, 2), [2]);
    session.run({ x }, { [unreadOutput.value.name]: null, y: new Tensor('float32', y, [2]) }, {});
  } catch (error) {
    refusal = error;
  }
  expect([...y]).toEqual([-1, -2]);
  expect(isRefusalToRead(refusal)).toBe(true);
  session.dispose();
});
