/** Names of classes, and the class of each file; both absent where there are no classes. */
export interface PictureClasses {
  readonly classNames?: readonly string[];
  readonly labels?: readonly number[];
}

/**
 * Classes from the first folder of each file's name.
 *
 * @param wanted 'none', 'folders', or 'auto': by folders if there are at least two and every file is in one
 * @throws if 'folders' are wanted but do not give at least two classes that hold every file
 */
export function classesOfFolders(
  files: readonly { readonly name: string }[],
  wanted: 'auto' | 'folders' | 'none',
): PictureClasses {
  if (wanted === 'none') return {};
  const folders = files.map(({ name }) => name.slice(0, Math.max(0, name.indexOf('/'))));
  const classNames = [...new Set(folders)].sort((a, b) => (a < b ? -1 : 1));
  if (classNames.length < 2 || classNames[0] === '') {
    if (wanted === 'auto') return {};
    const outside = files[folders.indexOf('')];
    const problem = outside ? `${outside.name} lies outside the sub-folders` : `there is only one sub-folder, ${classNames[0]}`;
    throw new Error(
      `pictureFolder: cannot take classes from sub-folders: ${problem}; put every picture into the folder of its class`,
    );
  }
  const labelOf = new Map(classNames.map((name, label) => [name, label]));
  return { classNames, labels: folders.map((folder) => labelOf.get(folder)!) };
}
