import type { Command } from 'commander';
import type { Finish } from './command-context.js';
import { trainingCommand } from './training-command.js';

/** `polygan train multimodal`. */
export function trainMultimodalCommand(finish: Finish): Command {
  return trainingCommand(
    {
      kind: 'multimodal',
      nouns: 'things in several forms (picture, sound, words)',
      sources: 'a folder with metadata.jsonl, whose lines have image_file_name, audio_file_name, text, label',
      readyMade: ['digits', 'faces'],
      models: ['multimodalGan', 'multimodalVae', 'coupledGan'],
      aboutModels: 'multimodalGan; multimodalVae; coupledGan: CoGAN, which learns without pairs',
      own: [],
      conditional: false,
      batch: 32,
      settings: 'model.modalities.image.width=32, data.modalities.audio.length=8192, training.modalities.text.loss=hinge',
      examples: [
        'polygan train multimodal --data digits --minutes 30',
        'polygan train multimodal --data ./pets --out pets-run',
        'polygan translate pets-run --image cat.png --to audio,text --count 5',
      ],
    },
    finish,
  );
}
