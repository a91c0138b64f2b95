export {
  type ExportableModel,
  exportFunction,
  exportModel,
  type FunctionExportOptions,
  type ModelExportOptions,
} from './export-onnx.js';
export { type OpenedOnnx, openOnnx } from './run-onnx.js';
export type { WeightBits } from './stored-weights.js';
export type { ExportedFunction, ExportInput } from './trace.js';
