import { Presets, SingleBar } from 'cli-progress';
import type { Output } from './output.js';

/** Shows how far something is. */
export interface Progress {
  /** @param share of the work done, 0 to 1; `text` says the rest */
  update(share: number, text: string): void;
  /** Takes the bar away so that a line can be printed; the next update brings it back. */
  pause(): void;
  end(): void;
}

/** In a pipe, lines come at most this often. */
const LINE_EVERY_MS = 5000;

/** A bar in a terminal, lines in a pipe, nothing where programs read. */
export function showProgress(output: Output): Progress {
  if (output.json) return { update() {}, pause() {}, end() {} };
  return process.stdout.isTTY ? bar() : lines(output);
}

/** Columns of the bar itself, and of what stands beside the text. */
const BAR = 24;
const BESIDE = BAR + 9;

/** Changes no mode of the terminal, such as hiding its cursor: Ctrl-C may end the process at any instant. */
function bar(): Progress {
  const format = ' {bar} {percentage}%  {text}';
  const shown = new SingleBar(
    { format, stream: process.stdout, hideCursor: false, barsize: BAR, linewrap: true, clearOnComplete: true },
    Presets.rect,
  );
  let running = false;
  return {
    update(share, whole) {
      // A line that wraps would not be cleared.
      const text = whole.slice(0, Math.max(0, (process.stdout.columns || 80) - BESIDE));
      if (!running) shown.start(1000, 0, { text });
      running = true;
      shown.update(Math.round(share * 1000), { text });
    },
    pause() {
      if (running) shown.stop();
      running = false;
    },
    end() {
      if (running) shown.stop();
      running = false;
    },
  };
}

/** The first line comes when it has lasted a while; what is over at once needs none. */
function lines(output: Output): Progress {
  let last = performance.now();
  let shown = false;
  return {
    update(share, text) {
      const due = performance.now() - last >= LINE_EVERY_MS || (share >= 1 && shown);
      if (!due) return;
      last = performance.now();
      shown = share < 1;
      output.say(`${String(Math.floor(share * 100)).padStart(3)} %  ${text}`);
    },
    pause() {},
    end() {},
  };
}
