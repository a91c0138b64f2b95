import { builtinModules } from 'node:module';
import path from 'node:path';
import type { Package } from './package.js';
import type { SourceFile } from './source-file.js';

/** Looks at one package and says what is wrong with it, a line each; nothing where all is well. */
export type Rule = (pkg: Package) => string[];

/** Which packages of this workspace the library code of a package may import. Packages that are not named here are where everything meets. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  'tfjs-backend-onnx': [],
  image: ['@polygan/core'],
  audio: ['@polygan/core'],
  text: ['@polygan/core'],
  multimodal: ['@polygan/core'],
  datasets: ['@polygan/core'],
  models: ['@polygan/core', '@polygan/image', '@polygan/audio', '@polygan/text', '@polygan/multimodal'],
  // Beside what its page is built from.
  studio: ['@polygan/core', '@polygan/image', '@polygan/audio', '@polygan/text', '@polygan/multimodal', '@polygan/models'],
};

/** What a package may import from one folder only. The engine is found at run time, by core's Node entry. */
const MAY_IMPORT_FROM: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  core: { 'src/node/': ['@polygan/tfjs-backend-onnx'] },
};

/** Packages that run in a browser, all but what is under `src/node`. */
const RUNS_IN_BROWSERS = ['core', 'image', 'audio', 'text', 'multimodal', 'datasets', 'models', 'studio'];

/** Heavy or platform-bound dependencies, and the one package that has each. */
const OWNER_OF: Readonly<Record<string, string>> = {
  sharp: 'image',
  wavefile: 'audio',
  'onnxruntime-node': 'tfjs-backend-onnx',
};

/** Packages that speak to a person at a terminal; all others are libraries. */
const PROGRAMS = ['cli'];

const NODE_GLOBALS = ['process', 'Buffer', 'require', '__dirname', '__filename'];
const BUILTINS = new Set(builtinModules);
/** Where packages begin: the library, its part for Node, what it exports to files, a command. */
const ENTRIES = ['src/index.ts', 'src/node/index.ts', 'src/export/index.ts', 'src/bin.ts'];
/** Where a page begins that is built into the package with all that it imports. */
const PAGES = ['src/page/main.tsx'];
const REQUIRED_ENTRIES = ['README.md', 'package.json', 'src/', 'tsconfig.json', 'tsup.config.ts'];
const ALLOWED_ENTRIES = ['CHANGELOG.md', 'data/', 'models/', 'scripts/', 'vite.config.ts', 'vitest.config.ts'];
const MOST_LINES = 400;

/** Who may import whom. */
export const importsOnlyAllowedPackages: Rule = (pkg) => {
  const allowed = MAY_IMPORT[pkg.folder];
  if (!allowed) return [];
  return libraryCode(pkg).flatMap((file) => {
    const here = Object.entries(MAY_IMPORT_FROM[pkg.folder] ?? {}).flatMap(([folder, names]) =>
      file.path.startsWith(folder) ? names : [],
    );
    return file.imports
      .filter(({ specifier }) => isOurs(specifier))
      .filter(({ specifier }) => ![pkg.manifest.name, ...allowed, ...here].includes(packageOf(specifier)))
      .map(({ specifier, line }) => `${place(pkg, file, line)} imports '${specifier}', which ${pkg.manifest.name} may not`);
  });
};

/** No Node API outside `src/node` in what runs in browsers, and no import of a Node entry either. */
export const usesNodeInItsNodeEntryOnly: Rule = (pkg) => {
  if (!RUNS_IN_BROWSERS.includes(pkg.folder)) return [];
  return libraryCode(pkg)
    .filter((file) => !file.path.startsWith('src/node/'))
    .flatMap((file) => [
      ...file.imports
        .filter(({ specifier }) => isBuiltin(specifier) || /^@polygan\/[^/]+\/node$/.test(specifier) || intoNode(file, specifier))
        .map(({ specifier, line }) => `${place(pkg, file, line)} imports '${specifier}', which browsers do not have`),
      ...file.uses
        .filter(({ name }) => NODE_GLOBALS.includes(name))
        .map(({ name, line }) => `${place(pkg, file, line)} uses '${name}', which browsers do not have`),
    ]);
};

/** Heavy dependencies stay in the library that needs them, in its sources as in its package.json. A program has all of them anyway. */
export const keepsHeavyDependenciesApart: Rule = (pkg) => {
  if (PROGRAMS.includes(pkg.folder)) return [];
  const isForeign = (name: string) => OWNER_OF[name] !== undefined && OWNER_OF[name] !== pkg.folder;
  const tell = (where: string, name: string) => `${where} has '${name}', which belongs to ${OWNER_OF[name]} alone`;
  return [
    ...installed(pkg)
      .filter(isForeign)
      .map((name) => tell(`${pkg.folder}/package.json`, name)),
    ...libraryCode(pkg).flatMap((file) =>
      file.imports
        .filter(({ specifier }) => isForeign(packageOf(specifier)))
        .map(({ specifier, line }) => tell(place(pkg, file, line), packageOf(specifier))),
    ),
  ];
};

/** Every import is declared: library code by what is installed with the package, everything else by that or for development. */
export const declaresWhatItImports: Rule = (pkg) => {
  const forUsers = [pkg.manifest.name, ...installed(pkg)];
  const forUs = [...forUsers, ...Object.keys(pkg.manifest.devDependencies ?? {})];
  // A page has in it what it was built from: whoever installs it needs nothing more.
  const library = new Set(libraryCode(pkg, ENTRIES));
  return pkg.files.flatMap((file) => {
    const declared = library.has(file) ? forUsers : forUs;
    return file.imports
      .filter(({ specifier }) => !specifier.startsWith('.') && !specifier.startsWith('node:'))
      .filter(({ specifier }) => !declared.includes(packageOf(specifier)))
      .map(({ specifier, line }) =>
        BUILTINS.has(specifier)
          ? `${place(pkg, file, line)} imports '${specifier}' without 'node:' before it`
          : `${place(pkg, file, line)} imports '${specifier}', which ${pkg.folder}/package.json does not declare`,
      );
  });
};

/** No file needs itself in order to load. Types are erased, so they may refer to each other. */
export const hasNoImportCycles: Rule = (pkg) => {
  const files = new Map(pkg.files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: SourceFile, trail: readonly string[]): void => {
    const start = trail.indexOf(file.path);
    if (start >= 0) cycles.push(`${pkg.folder}: ${[...trail.slice(start), file.path].join(' → ')}`);
    if (start >= 0 || done.has(file.path)) return;
    for (const { specifier, isTypeOnly } of file.imports) {
      const next = !isTypeOnly && files.get(resolved(file, specifier) ?? '');
      if (next) visit(next, [...trail, file.path]);
    }
    done.add(file.path);
  };
  for (const file of pkg.files) visit(file, []);
  return cycles;
};

/** The same files at the root of every package, and nothing else. */
export const hasTheUsualFiles: Rule = (pkg) => [
  ...REQUIRED_ENTRIES.filter((name) => !pkg.entries.includes(name)).map((name) => `${pkg.folder} has no ${name}`),
  ...pkg.entries
    .filter((name) => !REQUIRED_ENTRIES.includes(name) && !ALLOWED_ENTRIES.includes(name))
    .map((name) => `${pkg.folder} has ${name} at its root; sources belong in src`),
];

/** Libraries read tensors without blocking, draw from seeded random sources and print nothing. */
export const keepsTheHabitsOfLibraries: Rule = (pkg) => {
  if (PROGRAMS.includes(pkg.folder)) return [];
  const advice: Readonly<Record<string, string>> = {
    '.dataSync': 'use `await tensor.data()`',
    '.arraySync': 'use `await tensor.array()`',
    'Math.random': 'draw from a seeded Random',
    console: 'return it, or throw',
  };
  return libraryCode(pkg).flatMap((file) =>
    file.uses
      .filter(({ name }) => Object.hasOwn(advice, name))
      .map(({ name, line }) => `${place(pkg, file, line)} uses '${name}'; ${advice[name]}`),
  );
};

/** A file that holds one idea is short. */
export const keepsFilesShort: Rule = (pkg) =>
  libraryCode(pkg)
    .filter(({ lines }) => lines > MOST_LINES)
    .map(({ path, lines }) => `${pkg.folder}/${path} has ${lines} lines; split it, ${MOST_LINES} are the most`);

/** All rules, each with the sentence that it keeps true. */
export const RULES: ReadonlyArray<readonly [sentence: string, rule: Rule]> = [
  ['imports only the packages that it may', importsOnlyAllowedPackages],
  ['runs in browsers, all but its Node entry', usesNodeInItsNodeEntryOnly],
  ['leaves heavy dependencies to the package that owns them', keepsHeavyDependenciesApart],
  ['declares what it imports', declaresWhatItImports],
  ['has no import cycles', hasNoImportCycles],
  ['has the usual files', hasTheUsualFiles],
  ['keeps the habits of libraries', keepsTheHabitsOfLibraries],
  ['keeps its files short', keepsFilesShort],
];

/** What is published: all that the package's entries load, which tests and what is made for them are not. */
function libraryCode(pkg: Package, entries: readonly string[] = [...ENTRIES, ...PAGES]): SourceFile[] {
  const files = new Map(pkg.files.map((file) => [file.path, file]));
  const reached = new Set<SourceFile>();
  const visit = (path: string | undefined): void => {
    const file = files.get(path ?? '');
    if (!file || reached.has(file)) return;
    reached.add(file);
    for (const { specifier } of file.imports) {
      const name = resolved(file, specifier);
      visit(name && (files.has(name) ? name : name.replace(/\.ts$/, '.tsx')));
    }
  };
  for (const path of entries) visit(path);
  return [...reached];
}

/** Everything that comes with a package when it is installed, or that its users are asked to install beside it. */
function installed({ manifest }: Package): string[] {
  const { dependencies, peerDependencies, optionalDependencies } = manifest;
  return Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies });
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function isOurs(specifier: string): boolean {
  return specifier.startsWith('@polygan/') || packageOf(specifier) === 'polygan';
}

function isBuiltin(specifier: string): boolean {
  return specifier.startsWith('node:') || BUILTINS.has(specifier);
}

function intoNode(file: SourceFile, specifier: string): boolean {
  return resolved(file, specifier)?.startsWith('src/node/') ?? false;
}

/** The file of the same package that a relative import means: `./x.js` is `x.ts`. */
function resolved(file: SourceFile, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  return path.posix.join(path.posix.dirname(file.path), specifier).replace(/\.js$/, '.ts');
}

function place(pkg: Package, file: SourceFile, line: number): string {
  return `${pkg.folder}/${file.path}:${line}`;
}
