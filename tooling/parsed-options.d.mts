import type { parseArgs } from 'node:util';

/** `parseArgs` for scripts: what it does not understand ends the process with exit code 1 and one line that says what, not with a trace. */
export declare const parsedOptions: typeof parseArgs;
