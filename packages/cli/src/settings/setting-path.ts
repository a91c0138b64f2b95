import { isSection, type Section, type Value } from './settings.js';

/** The value that lies under a name with dots, such as `modalities.image.size`; undefined where there is none. */
export function valueAt(section: Section, path: string): Value | undefined {
  return path.split('.').reduce<Value | undefined>((at, key) => (isSection(at) ? at[key] : undefined), section);
}

/** A section of this value alone, under a name with dots. */
export function sectionWith(path: string, value: Value): Section {
  return path.split('.').reduceRight<Value>((inner, key) => ({ [key]: inner }), value) as Section;
}
