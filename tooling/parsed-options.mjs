import { parseArgs } from 'node:util';

/**
 * `parseArgs` for scripts: what it does not understand ends the process with exit code 1 and one line that says what, not with a trace.
 *
 * @type {typeof parseArgs}
 */
export const parsedOptions = (config) => {
  try {
    return parseArgs(config);
  } catch (error) {
    if (!error.code?.startsWith('ERR_PARSE_ARGS')) throw error;
    // Node goes on with how to hand over a positional argument that begins with a dash.
    console.error(error.message.split('. ')[0]);
    process.exit(1);
  }
};
