import type { Form, Sample } from '../engine/sample.js';
import { PictureCanvas } from './picture-canvas.js';
import { SoundView } from './sound-view.js';

/** A thing in all its forms. */
export function SampleView({
  sample,
  label,
  large = false,
}: {
  readonly sample: Sample;
  readonly label: string;
  readonly large?: boolean;
}) {
  return (
    <div class={`sample${large ? ' large' : ''}`}>
      {inOrder(sample).map((form) => (
        <FormView key={form.kind} form={form} label={label} large={large} />
      ))}
    </div>
  );
}

function FormView({ form, label, large }: { readonly form: Form; readonly label: string; readonly large: boolean }) {
  if (form.kind === 'image') return <PictureCanvas picture={form.picture} label={`Picture of ${label}`} />;
  if (form.kind === 'audio') return <SoundView sound={form.sound} label={`the sound of ${label}`} large={large} />;
  return <p class="words">{form.text === '' ? <i>nothing</i> : form.text}</p>;
}

const ORDER: readonly Form['kind'][] = ['image', 'audio', 'text'];

function inOrder(sample: Sample): Form[] {
  return [...sample].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}
