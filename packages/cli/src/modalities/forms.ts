import type { FormName } from '@polygan/models';
import { audio } from './audio.js';
import { image } from './image.js';
import type { ModalityCommands } from './modality-commands.js';
import { text } from './text.js';

/** The rows of the forms that things may have. */
export const FORMS: Readonly<Record<FormName, ModalityCommands>> = { image, audio, text };
