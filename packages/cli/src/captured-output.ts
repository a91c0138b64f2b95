import { afterEach, beforeEach, vi } from 'vitest';

/** For tests that call the command in their own process: what each test has printed, on standard output and on standard error. */
export function capturedOutput(): Record<'out' | 'error', string> {
  const captured = { out: '', error: '' };
  const capture = (stream: NodeJS.WriteStream, name: keyof typeof captured) =>
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      captured[name] += text;
      return true;
    });
  beforeEach(() => {
    captured.out = '';
    captured.error = '';
    capture(process.stdout, 'out');
    capture(process.stderr, 'error');
  });
  afterEach(() => {
    vi.restoreAllMocks();
    process.stdout.removeAllListeners('error');
  });
  return captured;
}
