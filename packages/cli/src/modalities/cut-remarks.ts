import type { SoundDataset } from '@polygan/audio/node';
import { counted, figure } from '../terminal/format.js';

/**
 * What to know where only the beginnings of sounds are learnt.
 *
 * @param option by which a longer part of each is learnt: `--length `, to which the number is added
 * @param otherwise what else can be done
 */
export function cutRemarks(
  { cut, files, sampleShape: [length], sampleRate }: Pick<SoundDataset, 'cut' | 'files' | 'sampleShape' | 'sampleRate'>,
  option: string,
  otherwise?: string,
): string[] {
  if (cut.files === 0) return [];
  const percent = (share: number) => `${share < 0.01 ? '<1' : Math.round(100 * share)} %`;
  const ways = [`${option}${2 * length} keeps twice as much of each`, ...(otherwise ? [otherwise] : [])];
  return [
    `${figure(cut.files)} of ${counted(files, 'sound')} are longer than ${(length / sampleRate).toFixed(2)} s and lose their ends, ${percent(cut.share)} of all sound; ${ways.join(', ')}.`,
  ];
}
