import { PICTURE_ENDINGS, type PictureFile, type PictureList } from './list-pictures.js';

/** Why a folder cannot be read, in words that say what to do. */
export function folderProblem({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'there is nothing at that path; check its spelling';
  if (code === 'ENOTDIR') return 'it is a file; give the folder that holds the pictures';
  if (code === 'EACCES' || code === 'EPERM') return 'no permission; make it readable for this user';
  return message;
}

/**
 * Refuses to go on with fewer than two pictures.
 *
 * @throws with what was found instead, and why files were left out
 */
export function requirePictures(directory: string, pictures: readonly PictureFile[], { skipped, others }: PictureList): void {
  if (pictures.length >= 2) return;
  const reasons = skipped.slice(0, 3).map(({ name, reason }) => `${name}: ${reason}`);
  const more = skipped.length > 3 ? ` and ${skipped.length - 3} more` : '';
  const left = skipped.length > 0 ? ` Skipped ${reasons.join('; ')}${more}.` : '';
  if (pictures.length === 1) {
    throw new Error(
      `pictureFolder: only one picture in ${directory} can be used (${pictures[0]!.name}); training needs at least two, and learns from hundreds.${left}`,
    );
  }
  const seen = others.length > 0 ? `, found ${others.length} other files such as ${others[0]}` : '';
  const looked = skipped.length > 0 ? '' : ` Looked for ${PICTURE_ENDINGS.join(' ')} in it and its sub-folders${seen}.`;
  throw new Error(`pictureFolder: no picture in ${directory} can be used.${left}${looked}`);
}
