import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { ROOT } from './pages.js';

/** Every entry of every library of ours, such as `@polygan/core/node`. */
function entries(): string[] {
  return readdirSync(path.join(ROOT, 'packages')).flatMap((folder) => {
    const { name, exports } = JSON.parse(readFileSync(path.join(ROOT, 'packages', folder, 'package.json'), 'utf8')) as {
      name: string;
      exports: Record<string, object | string>;
    };
    const code = Object.entries(exports).filter(([, target]) => typeof target === 'object');
    return code.map(([entry]) => name + entry.slice(1));
  });
}

/**
 * Makes programs of files that exist in memory only, by their paths. They find packages as this folder's tests do. Sources that several programs have in common are
 * read once.
 */
export function programs(): (files: ReadonlyMap<string, string>) => ts.Program {
  const { config } = ts.readConfigFile(path.join(ROOT, 'tsconfig.base.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
  const relaxed: ts.CompilerOptions = {
    ...options,
    // As most readers have it. A fragment may say what a value is and leave it there.
    noUncheckedIndexedAccess: false,
    noUnusedLocals: false,
    noUnusedParameters: false,
    isolatedModules: false,
    typeRoots: [path.join(ROOT, 'test/node_modules/@types')],
  };
  const known = new Map<string, ts.SourceFile | undefined>();
  return (files) => {
    const host = ts.createCompilerHost(relaxed);
    const { getSourceFile, fileExists, readFile } = host;
    host.fileExists = (name) => files.has(name) || fileExists(name);
    host.readFile = (name) => files.get(name) ?? readFile(name);
    host.getSourceFile = (name, ...rest) => {
      const text = files.get(name);
      if (text !== undefined) return ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true);
      if (!known.has(name)) known.set(name, getSourceFile.call(host, name, ...rest));
      return known.get(name);
    };
    return ts.createProgram([...files.keys()], relaxed, host);
  };
}

/** A file that imports all entries, for {@link exportsOf}. */
export const ALL_ENTRIES: readonly [file: string, text: string] = [
  path.join(ROOT, 'test', 'all-entries.ts'),
  entries()
    .map((entry, i) => `import * as entry${i} from '${entry}';`)
    .join('\n'),
];

/** What each entry exports, in a program that has {@link ALL_ENTRIES}. */
export function exportsOf(program: ts.Program): Array<readonly [entry: string, symbols: readonly ts.Symbol[]]> {
  const types = program.getTypeChecker();
  const imports = program.getSourceFile(ALL_ENTRIES[0])!.statements.filter(ts.isImportDeclaration);
  return imports.map(({ moduleSpecifier }) => {
    const symbol = types.getSymbolAtLocation(moduleSpecifier);
    const { text } = moduleSpecifier as ts.StringLiteral;
    if (!symbol) throw new Error(`${text} is not found from the tests: package.json of the tests must name it`);
    return [text, types.getExportsOfModule(symbol)] as const;
  });
}
