/** What the page may do: run and show what this server gives, and nothing else. WebAssembly is an engine of TensorFlow.js. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "style-src 'self'",
  "frame-src 'self'",
  "manifest-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What a file of a run may do: be seen and heard. Scripts in it do not run, and it can ask for nothing. */
const FILE_POLICY = [
  "default-src 'none'",
  'img-src data:',
  'media-src data:',
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  'sandbox',
].join('; ');

const COMMON = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'microphone=(self), camera=(), geolocation=()',
} as const;

/** Headers of the page and of answers to it. */
export const PAGE_HEADERS = { ...COMMON, 'content-security-policy': POLICY } as const;

/** Headers of files that lie in a run. */
export const FILE_HEADERS = { ...COMMON, 'content-security-policy': FILE_POLICY } as const;
