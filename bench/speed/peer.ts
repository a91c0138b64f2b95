import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A process that runs one case: it does its first step at once, then some steps whenever it is asked. */
export interface Peer {
  readonly name: string;
  /** From the start of the process to the end of its first step. */
  readonly startMs: number;
  /** The first step alone: kernels and graphs are compiled here. */
  readonly firstMs: number;
  /** The library's version, where the process tells it. */
  readonly version?: string;
  /** Runs steps for about this long. */
  run(milliseconds: number): Promise<Round>;
  stop(): void;
}

/** What a peer measured in one go. */
interface Round {
  /** Milliseconds a step. */
  readonly times: readonly number[];
  /** The most memory that the process ever had resident. */
  readonly peakMemoryMB: number;
}

/**
 * Starts a process that speaks lines of JSON: it writes `{ firstMs }` after its first step, reads `{ milliseconds }`, and answers each with a
 * {@link Round}. It ends when its input does.
 *
 * @throws if the process ends before it is ready, with the last line it wrote
 */
export async function startPeer(name: string, command: string, args: readonly string[]): Promise<Peer> {
  const started = performance.now();
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const complaints: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => complaints.push(line));
  const failed = new Promise<never>((_, reject) => {
    child.once('error', (error) => reject(new Error(`${name} did not start: ${error.message}`)));
    child.once('close', (code) => reject(new Error(`${name} ended with code ${code}: ${lastWords(complaints)}`)));
  });
  failed.catch(() => {});

  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const message = async () => {
    for (;;) {
      const { value = '' } = await Promise.race([lines.next(), failed]);
      if (value.startsWith('{')) return JSON.parse(value);
    }
  };
  const ready = (await message()) as { firstMs: number; version?: string };
  return {
    name,
    startMs: performance.now() - started,
    ...ready,
    run(milliseconds) {
      child.stdin.write(`${JSON.stringify({ milliseconds })}\n`);
      return message();
    },
    stop() {
      child.stdin.end();
    },
  };
}

function lastWords(lines: readonly string[]): string {
  return lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1) ?? 'it said nothing';
}
