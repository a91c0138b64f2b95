import { Command } from 'commander';
import type { Finish } from './command-context.js';
import { trainAudioCommand } from './train-audio-command.js';
import { trainImageCommand } from './train-image-command.js';
import { trainMultimodalCommand } from './train-multimodal-command.js';
import { trainTextCommand } from './train-text-command.js';

/** `polygan train`, with a command for each modality. */
export function trainCommand(finish: Finish): Command {
  const train = new Command('train').description('train a model, and keep everything of it in a run folder');
  for (const command of [trainImageCommand, trainAudioCommand, trainTextCommand, trainMultimodalCommand])
    train.addCommand(command(finish));
  return train;
}
