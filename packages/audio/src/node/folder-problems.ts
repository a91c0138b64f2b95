import { SOUND_ENDINGS, type SoundFile, type SoundList } from './list-sounds.js';

/** Why a folder cannot be read, in words that say what to do. */
export function folderProblem({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'there is nothing at that path; check its spelling';
  if (code === 'ENOTDIR') return 'it is a file; give the folder that holds the sounds';
  if (code === 'EACCES' || code === 'EPERM') return 'no permission; make it readable for this user';
  return message;
}

/**
 * Refuses to go on without a sound.
 *
 * @throws with what was found instead, and why files were left out
 */
export function requireSounds(
  caller: string,
  directory: string,
  sounds: readonly SoundFile[],
  { skipped, others }: SoundList,
): void {
  if (sounds.length > 0) return;
  const reasons = skipped.slice(0, 3).map(({ name, reason }) => `${name}: ${reason}`);
  const more = skipped.length > 3 ? ` and ${skipped.length - 3} more` : '';
  const seen = others.length > 0 ? `, found ${others.length} other files such as ${others[0]}` : '';
  const why =
    skipped.length > 0
      ? `Skipped ${reasons.join('; ')}${more}.`
      : `Looked for ${SOUND_ENDINGS.join(' ')} in it and its sub-folders${seen}.`;
  throw new Error(`${caller}: no sound in ${directory} can be used. ${why}`);
}
