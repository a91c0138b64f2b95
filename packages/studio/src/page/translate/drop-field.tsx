import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';

/** A group of fields that takes a file as well, chosen or dropped on it. */
export function DropField(props: {
  readonly legend: string;
  readonly accept: string;
  readonly onFile: (file: File) => void;
  readonly children: ComponentChildren;
}) {
  const { legend, accept, onFile, children } = props;
  const [isOver, setIsOver] = useState(false);
  const id = useId();
  const take = (files: FileList | null | undefined) => {
    const [file] = files ?? [];
    if (file) onFile(file);
  };
  return (
    <fieldset
      class={isOver ? 'dropping' : ''}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        take(event.dataTransfer?.files);
      }}
    >
      <legend>{legend}</legend>
      {children}
      <label for={id} class="hint">
        or choose a file, or drop one here
      </label>
      <input id={id} type="file" accept={accept} onChange={(event) => take(event.currentTarget.files)} />
    </fieldset>
  );
}
