export type { AnyBatch, AnyLatentModel, AnyModel, AnySamples, ModelOptions } from './any-model.js';
export { type AnyJointModel, isJoint } from './joint-model.js';
export { modelOptions, trainingOptions } from './model-options.js';
export { AUDIO_MODELS, IMAGE_MODELS, MODELS } from './models.js';
export { FORM_NAMES, type FormName, MULTIMODAL_DEFAULTS } from './multimodal-defaults.js';
export { MULTIMODAL_MODELS } from './multimodal-models.js';
export { openModel } from './open-model.js';
export { SHARED_OPTIONS } from './shared-options.js';
export { TEXT_MODELS, type TextShape } from './text-models.js';
