import type { AnyBatch, DataRequest, ModalityCommands, OpenedData } from '../modalities/modality-commands.js';
import type { Output } from '../terminal/output.js';
import { showProgress } from '../terminal/progress.js';

/** So much of what was left out is named. */
const NAMED = 3;

/** Opens data with a bar meanwhile, and tells what was left out. */
export async function openDataShown<B extends AnyBatch>(
  modality: Pick<ModalityCommands<never, B>, 'openData'>,
  request: Omit<DataRequest, 'onProgress'>,
  output: Output,
): Promise<OpenedData<B>> {
  const progress = showProgress(output);
  const data = await modality
    .openData({ ...request, onProgress: (share, text) => progress.update(share, text) })
    .finally(() => progress.end());
  const { skipped } = data;
  if (skipped.length > 0) {
    const named = skipped.slice(0, NAMED).map(({ name, reason }) => `${name} (${reason})`);
    const more = skipped.length > NAMED ? ` and ${skipped.length - NAMED} more` : '';
    output.warn(`Left out: ${named.join(', ')}${more}.`);
  }
  return data;
}
