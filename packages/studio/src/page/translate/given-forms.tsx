import type { PictureChannels } from '@polygan/image';
import { useId, useState } from 'preact/hooks';
import type { MadeForm } from '../engine/decode-forms.js';
import { PictureCanvas } from '../parts/picture-canvas.js';
import { SoundView } from '../parts/sound-view.js';
import { DrawingPad } from './drawing-pad.js';
import { DropField } from './drop-field.js';
import { fitDrawing, fitPicture } from './fit-picture.js';
import { fitSound, type SoundShape } from './fit-sound.js';
import type { Given } from './translator.js';
import { useRecorder } from './use-recorder.js';

interface Props {
  readonly form: MadeForm;
  readonly given: Given;
  readonly onGiven: (change: Given) => void;
  readonly onProblem: (message: string) => void;
}

/** Where a person gives one form of a thing. */
export function GivenForm(props: Props) {
  if (props.form.kind === 'image') return <GivenPicture {...props} />;
  if (props.form.kind === 'audio') return <GivenSound {...props} />;
  return <GivenText {...props} />;
}

function GivenPicture({ form, given, onGiven, onProblem }: Props) {
  const [cleared, setCleared] = useState(0);
  const size = Number(form.options.size);
  const channels = Number(form.options.channels) as PictureChannels;
  const take = async (file: Blob) => {
    const bitmap = await createImageBitmap(file).catch(() => onProblem('This browser cannot read that picture.'));
    if (bitmap) onGiven({ image: fitPicture(bitmap, size, channels) });
  };
  return (
    <DropField legend="Picture" accept="image/*" onFile={take}>
      <DrawingPad
        label="Draw here"
        cleared={cleared}
        onDrawn={(canvas) => onGiven({ image: fitDrawing(canvas, size, channels) })}
      />
      <div class="row">
        <button
          type="button"
          onClick={() => {
            setCleared(cleared + 1);
            onGiven({ image: undefined });
          }}
        >
          Clear picture
        </button>
        {given.image && (
          <span class="seen">
            <PictureCanvas picture={given.image} label="The picture as the model sees it" />
          </span>
        )}
      </div>
    </DropField>
  );
}

function GivenSound({ form, given, onGiven, onProblem }: Props) {
  const shape = form.options as unknown as SoundShape;
  const take = async (file: Blob) => {
    await fitSound(file, shape)
      .then((audio) => onGiven({ audio }))
      .catch((error: Error) => onProblem(error.message));
  };
  const { isRecording, start, stop } = useRecorder(take, onProblem);
  return (
    <DropField legend="Sound" accept="audio/*" onFile={take}>
      <div class="row">
        <button type="button" aria-pressed={isRecording} onClick={isRecording ? stop : start}>
          {isRecording ? 'Stop recording' : 'Record'}
        </button>
        <button type="button" onClick={() => onGiven({ audio: undefined })}>
          Clear sound
        </button>
      </div>
      {given.audio && <SoundView sound={given.audio} label="what you gave" large />}
    </DropField>
  );
}

function GivenText({ given, onGiven }: Props) {
  const id = useId();
  return (
    <fieldset>
      <legend>Words</legend>
      <label for={id} class="hint">
        Type what it is called
      </label>
      <input
        id={id}
        type="text"
        value={given.text ?? ''}
        onInput={(event) => onGiven({ text: event.currentTarget.value.trim() === '' ? undefined : event.currentTarget.value })}
      />
    </fieldset>
  );
}
