import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSource, type SourceFile } from './source-file.js';

/** The fields of a package.json that the rules look at. */
export interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** One package as the rules see it. */
export interface Package {
  /** The name of its folder: 'core', 'image', … */
  readonly folder: string;
  readonly manifest: Manifest;
  /** What lies in its folder, folders with a slash at the end. */
  readonly entries: readonly string[];
  readonly files: readonly SourceFile[];
}

/** What builds and tools leave behind. */
const GENERATED = new Set(['node_modules', 'dist', '.turbo', 'coverage', 'test-results']);

/** All packages below a folder. */
export function readPackages(directory: string): Package[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => readPackage(path.join(directory, name)));
}

function readPackage(directory: string): Package {
  const entries = readdirSync(directory, { withFileTypes: true }).filter(({ name }) => !GENERATED.has(name));
  return {
    folder: path.basename(directory),
    manifest: JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8')) as Manifest,
    entries: entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)),
    files: listSources(directory).map((file) => parseSource(file, readFileSync(path.join(directory, file), 'utf8'))),
  };
}

function listSources(root: string, folder = ''): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = folder ? `${folder}/${entry.name}` : entry.name;
    if (entry.isDirectory()) return GENERATED.has(entry.name) ? [] : listSources(root, file);
    return /\.[cm]?[jt]sx?$/.test(entry.name) ? [file] : [];
  });
}
