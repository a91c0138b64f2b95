import { fileURLToPath } from 'node:url';
import type { CaseSize } from './case.js';
import { type Peer, startPeer } from './peer.js';

const WORKER = fileURLToPath(new URL('./polygan-worker.ts', import.meta.url));
const TORCH_PEERS = fileURLToPath(new URL('./torch_peers.py', import.meta.url));

/** What is compared, and how long. */
export interface CompareOptions {
  readonly engines: readonly string[];
  /** A Python that has torch; without it only the engines are timed. */
  readonly python?: string;
  readonly threads: number;
  readonly rounds: number;
  readonly secondsPerRound: number;
}

/** One side's figures in one case. Milliseconds are a step's. */
export interface Timing {
  readonly name: string;
  readonly medianMs: number;
  readonly minMs: number;
  readonly steps: number;
  /** From the start of the process to the end of the first step. */
  readonly startMs: number;
  /** By how much the first step took longer than a usual one: compiling. */
  readonly compileMs: number;
  readonly peakMemoryMB: number;
  readonly version?: string;
}

/**
 * Times one case on every side in alternation (A B C A B C …), so that a machine that slows down or speeds up does so for all. Each side is a
 * process that lives through all rounds and waits while the others work.
 */
export async function compare(caseName: string, { batch, width }: CaseSize, options: CompareOptions): Promise<Timing[]> {
  const common = ['--threads', `${options.threads}`, '--batch', `${batch}`, '--width', `${width}`];
  const peers: Peer[] = [];
  try {
    if (options.python) {
      peers.push(await startPeer('PyTorch', options.python, [TORCH_PEERS, caseName, ...common]));
    }
    for (const engine of options.engines) {
      const node = [...process.execArgv, WORKER, caseName, '--engine', engine, ...common];
      // An engine may lack a kernel that this case needs.
      const peer = await startPeer(engine, process.execPath, node).catch((error: Error) =>
        console.log(`Left out: ${error.message}`),
      );
      if (peer) peers.push(peer);
    }
    const times = new Map(peers.map((peer) => [peer, [] as number[]]));
    const memory = new Map<Peer, number>();
    for (const peer of peers) await peer.run(0.5 * options.secondsPerRound * 1000);
    for (let round = 0; round < options.rounds; round++) {
      for (const peer of peers) {
        const { times: measured, peakMemoryMB } = await peer.run(options.secondsPerRound * 1000);
        times.get(peer)!.push(...measured);
        memory.set(peer, peakMemoryMB);
      }
    }
    return peers.map((peer) => {
      const sorted = times.get(peer)!.sort((a, b) => a - b);
      const medianMs = sorted[sorted.length >> 1]!;
      return {
        name: peer.name,
        medianMs,
        minMs: sorted[0]!,
        steps: sorted.length,
        startMs: peer.startMs,
        compileMs: Math.max(0, peer.firstMs - medianMs),
        peakMemoryMB: memory.get(peer)!,
        ...(peer.version && { version: peer.version }),
      };
    });
  } finally {
    for (const peer of peers) peer.stop();
  }
}
