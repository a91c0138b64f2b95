import { readFileSync } from 'node:fs';
import path from 'node:path';
import { blocksOf, PAGES, ROOT } from './pages.js';

/** A command in a page. */
export interface ShellCommand {
  /** `packages/cli/README.md:12`. */
  readonly place: string;
  readonly words: readonly string[];
}

/** All commands of the shell blocks of all pages: one a line, without what is redirected or piped, and without comments. */
export function shellCommands(): ShellCommand[] {
  return blocksOf('sh').flatMap(({ page, line, text }) =>
    text
      .split('\n')
      .map((each, i) => ({ place: `${page}:${line + i}`, words: wordsOf(each) }))
      .filter(({ words }) => words.length > 0),
  );
}

/** Words as a shell takes them: up to a comment, a pipe or a redirection; variables before the command left out. */
export function wordsOf(line: string): string[] {
  const words = [...line.matchAll(/"([^"]*)"|'([^']*)'|([^\s"']+)/g)].map(([whole, double, single]) => double ?? single ?? whole);
  const end = words.findIndex((word) => /^(#|\||>|&&)/.test(word));
  return (end < 0 ? words : words.slice(0, end)).filter(
    (word, i, all) => !(/^[A-Z_]+=/.test(word) && all.slice(0, i).every((each) => /^[A-Z_]+=/.test(each))),
  );
}

/** Commands of polygan that sentences name, such as `polygan evaluate RUN`: often without all that they need. */
export function namedCommands(): ShellCommand[] {
  return PAGES.flatMap((page) => {
    const text = readFileSync(path.join(ROOT, page), 'utf8').replaceAll(/^```.*?^```/gms, (block) =>
      block.replaceAll(/[^\n]/g, ' '),
    );
    return [...text.matchAll(/`(polygan [^`…]+)`/g)].map(({ index, 1: code }) => ({
      place: `${page}:${text.slice(0, index).split('\n').length}`,
      words: wordsOf(code!.replaceAll('\n', ' ')),
    }));
  });
}
