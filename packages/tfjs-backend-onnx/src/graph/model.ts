import { ProtobufWriter } from './protobuf.js';
import { type Attributes, type AttributeValue, FloatAttribute, type GraphDataType } from './types.js';

/** An operator of a model. */
export interface ModelNode {
  name: string;
  /** `domain:Operator`, or just the operator for ONNX's own domain. */
  operator: string;
  inputs: readonly string[];
  outputs: readonly string[];
  attributes: Attributes;
}

/** Element types of a model. `bfloat16` is that of an output that nothing reads (unread-output.ts); files have weights in `float16` and `uint8`. */
export type ModelDataType = GraphDataType | 'bfloat16' | 'float16' | 'uint8';

/** A named value with its type and shape. */
export interface ModelValue {
  name: string;
  dtype: ModelDataType;
  /** Extents, a name for one that the caller chooses; null where the runtime is not told, not even how many. */
  shape: ReadonlyArray<number | string> | null;
}

/** A constant of a model. */
export interface ModelConstant extends ModelValue {
  shape: readonly number[];
  data: Uint8Array;
}

/** A whole model, operators in an order in which they can run. */
export interface Model {
  nodes: readonly ModelNode[];
  constants: readonly ModelConstant[];
  inputs: readonly ModelValue[];
  outputs: readonly ModelValue[];
}

/** What a model says of itself. */
export interface ModelHeader {
  /** Version of the file format. */
  irVersion: number;
  /** Operator sets by domain. */
  operatorSets: ReadonlyArray<readonly [domain: string, version: number]>;
  producer?: string;
  /** Anything else, by name. */
  metadata?: Readonly<Record<string, string>>;
}

/** Of graphs that run here and now. */
const OWN_HEADER: ModelHeader = {
  irVersion: 10,
  operatorSets: [
    ['', 21],
    ['com.microsoft', 1],
    ['com.microsoft.nchwc', 1],
  ],
};

/** onnx.TensorProto.DataType */
const TENSOR_TYPE: Record<ModelDataType, number> = {
  float32: 1,
  uint8: 2,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  float64: 11,
  bfloat16: 16,
};
/** The number by which ONNX knows an element type, as the attribute `to` of Cast wants it. */
export const onnxType = (dtype: GraphDataType): number => TENSOR_TYPE[dtype];

/** onnx.AttributeProto.AttributeType */
const ATTRIBUTE_TYPE = { float: 1, integer: 2, string: 3, integers: 7 };

/** Encodes a model as an onnx.ModelProto. Field numbers are those of onnx.proto. */
export function encodeModel(model: Model, header: ModelHeader = OWN_HEADER): Uint8Array<ArrayBuffer> {
  const { irVersion, operatorSets, producer, metadata = {} } = header;
  const proto = new ProtobufWriter();
  proto.integer(1, irVersion);
  if (producer) proto.string(2, producer);
  proto.message(7, (graph) => writeGraph(graph, model));
  for (const [key, value] of Object.entries(metadata)) {
    proto.message(14, (entry) => {
      entry.string(1, key);
      entry.string(2, value);
    });
  }
  for (const [domain, version] of operatorSets) {
    proto.message(8, (operatorSet) => {
      operatorSet.string(1, domain);
      operatorSet.integer(2, version);
    });
  }
  return proto.finish();
}

function writeGraph(graph: ProtobufWriter, { nodes, constants, inputs, outputs }: Model): void {
  for (const node of nodes) graph.message(1, (message) => writeNode(message, node));
  graph.string(2, 'graph');
  for (const constant of constants) graph.message(5, (message) => writeConstant(message, constant));
  for (const input of inputs) graph.message(11, (message) => writeValue(message, input));
  for (const output of outputs) graph.message(12, (message) => writeValue(message, output));
}

function writeNode(message: ProtobufWriter, { name, operator, inputs, outputs, attributes }: ModelNode): void {
  const colon = operator.indexOf(':');
  for (const input of inputs) message.string(1, input);
  for (const output of outputs) message.string(2, output);
  message.string(3, name);
  message.string(4, operator.slice(colon + 1));
  for (const [key, value] of Object.entries(attributes)) message.message(5, (attribute) => writeAttribute(attribute, key, value));
  if (colon > 0) message.string(7, operator.slice(0, colon));
}

function writeAttribute(message: ProtobufWriter, name: string, value: AttributeValue): void {
  message.string(1, name);
  if (value instanceof FloatAttribute) {
    message.float(2, value.value);
    message.integer(20, ATTRIBUTE_TYPE.float);
  } else if (typeof value === 'number') {
    message.integer(3, value);
    message.integer(20, ATTRIBUTE_TYPE.integer);
  } else if (typeof value === 'string') {
    message.string(4, value);
    message.integer(20, ATTRIBUTE_TYPE.string);
  } else {
    for (const item of value) message.integer(8, item);
    message.integer(20, ATTRIBUTE_TYPE.integers);
  }
}

function writeConstant(message: ProtobufWriter, { name, dtype, shape, data }: ModelConstant): void {
  message.integers(1, shape);
  message.integer(2, TENSOR_TYPE[dtype]);
  message.string(8, name);
  message.bytes(9, data);
}

function writeValue(message: ProtobufWriter, { name, dtype, shape }: ModelValue): void {
  message.string(1, name);
  message.message(2, (type) => {
    type.message(1, (tensorType) => {
      tensorType.integer(1, TENSOR_TYPE[dtype]);
      if (!shape) return;
      tensorType.message(2, (tensorShape) => {
        for (const extent of shape) tensorShape.message(1, (dimension) => writeExtent(dimension, extent));
      });
    });
  });
}

function writeExtent(dimension: ProtobufWriter, extent: number | string): void {
  if (typeof extent === 'number') dimension.integer(1, extent);
  else dimension.string(2, extent);
}
