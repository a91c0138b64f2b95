export {
  type ChosenEngine,
  EngineError,
  type EngineOptions,
  type EngineStatus,
  inspectEngines,
  useEngine,
} from './engines/engine.js';
export type { EngineName } from './engines/engine-table.js';
export { readIdx } from './read-idx.js';
export { readScores, type Score, type Scores, saveScores } from './report/scores.js';
export { writeReport } from './report/write-report.js';
export { type BestCheckpoint, CheckpointStore } from './run/checkpoint-store.js';
export { loadModel, saveModel } from './run/model-files.js';
export { type NewRun, Run, RunError, type RunRecord } from './run/run.js';
export { decodeSafetensors, encodeSafetensors } from './run/safetensors.js';
export { type RecordingOptions, resumeInRun, trainInRun } from './run/train-in-run.js';
