import { registerOnnxBackend } from './register.js';

export { OnnxBackend, type OnnxMemoryInfo } from './backend.js';
export type { OnnxBackendOptions } from './options.js';
export { type RegistrationOptions, registerOnnxBackend } from './register.js';

registerOnnxBackend();
