/** How the class of a sound is told from its name. */
export type ClassRule = 'folders' | 'prefix' | 'none';

/** Names of classes, and the class of each file; both absent where there are no classes. */
export interface SoundClasses {
  readonly rule: ClassRule;
  readonly classNames?: readonly string[];
  readonly labels?: readonly number[];
}

/** Prefixes are classes by themselves only if there are at most so many, and each has at least so many sounds. */
const MOST_PREFIXES = 50;
const FEWEST_SOUNDS = 8;

/**
 * Classes from the names of files: the first folder, or what stands before the first underscore ('7' of 7_theo_3.wav).
 *
 * @param wanted a rule, or 'auto': folders if there are at least two and every file is in one; else prefixes if every file has one, there are at most 50
 *   and each has at least 8 sounds; else none
 * @throws if a rule was asked for that does not give at least two classes that hold every file
 */
export function classesOfSounds(files: readonly { readonly name: string }[], wanted: 'auto' | ClassRule): SoundClasses {
  if (wanted === 'none') return { rule: 'none' };
  if (wanted === 'auto') {
    const folders = labelled('folders', files);
    if (whole(folders)) return folders;
    const prefixes = labelled('prefix', files);
    return whole(prefixes) && fewAndLarge(prefixes) ? prefixes : { rule: 'none' };
  }
  const classes = labelled(wanted, files);
  if (whole(classes)) return classes;
  const outside = files[classes.labels.indexOf(classes.classNames.indexOf(''))];
  const [where, put] =
    wanted === 'folders'
      ? ['sub-folders', 'put every sound into the folder of its class']
      : ['the beginnings of names', 'name every sound CLASS_….wav'];
  const problem = outside ? `${outside.name} has none` : `there is only one, ${classes.classNames[0]}`;
  throw new Error(`soundFolder: cannot take classes from ${where}: ${problem}; ${put}`);
}

interface Labelled {
  readonly rule: ClassRule;
  readonly classNames: readonly string[];
  readonly labels: readonly number[];
}

function labelled(rule: 'folders' | 'prefix', files: readonly { readonly name: string }[]): Labelled {
  const keys = files.map(({ name }) => {
    const base = name.slice(name.lastIndexOf('/') + 1);
    return rule === 'folders' ? name.slice(0, Math.max(0, name.indexOf('/'))) : base.slice(0, Math.max(0, base.indexOf('_')));
  });
  const classNames = [...new Set(keys)].sort((a, b) => (a < b ? -1 : 1));
  const labelOf = new Map(classNames.map((name, label) => [name, label]));
  return { rule, classNames, labels: keys.map((key) => labelOf.get(key)!) };
}

function whole({ classNames }: Labelled): boolean {
  return classNames.length >= 2 && classNames[0] !== '';
}

function fewAndLarge({ classNames, labels }: Labelled): boolean {
  const counts = new Uint32Array(classNames.length);
  for (const label of labels) counts[label]!++;
  return classNames.length <= MOST_PREFIXES && counts.every((count) => count >= FEWEST_SOUNDS);
}
