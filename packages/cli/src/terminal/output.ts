/** Where a command writes: to people, or to programs. */
export interface Output {
  /** Whether programs read: then {@link Output.say} is silent, and {@link Output.data} is all there is on standard output. */
  readonly json: boolean;
  /** A line for people, on standard output. */
  say(line?: string): void;
  /** A line for people that must not be lost in a pipe: on standard error. */
  warn(line: string): void;
  /** One JSON document on a line of its own; silent when people read. */
  data(document: object): void;
}

/** The output that the flag `--json` asks for. */
export function createOutput(json = false): Output {
  return {
    json,
    say(line = '') {
      if (!json) process.stdout.write(`${line}\n`);
    },
    warn(line) {
      process.stderr.write(`${line}\n`);
    },
    data(document) {
      if (json) process.stdout.write(`${JSON.stringify(document)}\n`);
    },
  };
}
