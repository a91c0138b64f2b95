import type { ModelConstant, ModelNode, ModelValue } from './model.js';

/**
 * onnxruntime-node writes outputs into the buffers that it is given, and then, for the object that it returns, once more into new ones.
 * That takes longer than many an operator, and fills memory. It makes these copies in the order of the model's outputs, and
 * refuses types that JavaScript has no array for. So the first output of each model is of such a type: when the runtime stops at it,
 * the graph has run, and all buffers are filled.
 */
const NAME = 'unread';
const SOURCE: ModelConstant = { name: 'unread_source', dtype: 'float32', shape: [], data: new Uint8Array(4) };
/** onnx.TensorProto.DataType.BFLOAT16 */
const BFLOAT16 = 16;

/** What a model needs so that its outputs are written once only. */
export const unreadOutput: { node: ModelNode; constant: ModelConstant; value: ModelValue } = {
  node: { name: NAME, operator: 'Cast', inputs: [SOURCE.name], outputs: [NAME], attributes: { to: BFLOAT16 } },
  constant: SOURCE,
  value: { name: NAME, dtype: 'bfloat16', shape: [] },
};

/** Is this the runtime's refusal to return the unread output, after a run that succeeded? */
export const isRefusalToRead = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith(`Tensor type (${BFLOAT16}) is not supported`);
