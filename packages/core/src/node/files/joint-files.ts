import { appendFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type * as tf from '@tensorflow/tfjs';
import type { Modality, SampleFiles } from '../../modality.js';
import { optional, positiveInteger } from '../../options/field.js';
import { resolveOptions } from '../../options/resolve-options.js';
import { type Html, html } from '../report/html.js';
import { SHOWN_ENDINGS, shownFile } from '../report/shown-file.js';
import { writeFileAtomically } from '../run/atomic-files.js';

/** How one form of joint samples is written: into files, or, where it decodes to texts, into the rows themselves. */
export type FormFiles = SampleFiles | Pick<Modality<string>, 'decode'>;

/** Options of {@link jointFiles}. */
export interface JointFilesOptions {
  /** Things in a row of a preview, such as those on a way through a latent space. Default: as many as there is room for. */
  readonly columns?: number;
}

/** One thing as a row of `metadata.jsonl`: `image_file_name`, `audio_file_name`, …, and texts under the name of their form. */
type Row = Record<string, string>;

const PICTURE = '.png';
const METADATA = 'metadata.jsonl';
/** As {@link Row} names the files of a form. */
const FILE_NAME = '_file_name';

/**
 * Samples in several forms as files. Each is a row of `metadata.jsonl`, with its texts and the names of its files, which lie in a folder for each form:
 * a data set that can be trained on again. A preview is a page that holds everything itself, where each thing is seen and heard and read in all its forms.
 *
 * Of the forms that are named here, samples may lack some.
 *
 * @throws {OptionsError} for an option that is unknown or not what it must be
 */
export function jointFiles(
  forms: Readonly<Record<string, FormFiles>>,
  options: JointFilesOptions = {},
): SampleFiles<Readonly<Record<string, tf.Tensor>>> {
  const { columns } = resolveOptions('jointFiles', options, { columns: optional(positiveInteger()) });

  const writeForms = async (samples: Readonly<Record<string, tf.Tensor>>, directory: string, firstIndex: number) => {
    const rows: Row[] = [];
    for (const [name, form] of Object.entries(forms)) {
      const tensor = samples[name];
      if (!tensor) continue;
      const isFile = 'writeEach' in form;
      const values = isFile
        ? (await form.writeEach(tensor, path.join(directory, name), firstIndex)).map((file) => `${name}/${file}`)
        : await form.decode(tensor);
      values.forEach((value, i) => {
        rows[i] = { ...rows[i], [isFile ? name + FILE_NAME : name]: value };
      });
    }
    return rows;
  };

  // What is no picture, such as a sound, may have one in the preview of its form: it stands beside it.
  const drawForms = async (samples: Readonly<Record<string, tf.Tensor>>, directory: string, rows: readonly Row[]) => {
    for (const [name, form] of Object.entries(forms)) {
      const tensor = samples[name];
      if (!tensor || !('writePreview' in form) || form.previewExtension === PICTURE) continue;
      for (const [i, row] of rows.entries()) {
        const single = tensor.slice([i], [1]);
        await form.writePreview(single, besides(path.join(directory, row[name + FILE_NAME]!), form.previewExtension));
        single.dispose();
      }
    }
  };

  return {
    previewExtension: '.html',
    async writePreview(samples, file) {
      const directory = await mkdtemp(path.join(tmpdir(), 'polygan-preview-'));
      try {
        const rows = await writeForms(samples, directory, 0);
        await drawForms(samples, directory, rows);
        const things = await Promise.all(rows.map((row) => thing(row, directory)));
        await mkdir(path.dirname(file), { recursive: true });
        await writeFileAtomically(file, page(things, columns).text);
      } finally {
        await rm(directory, { recursive: true });
      }
    },
    async writeEach(samples, directory, firstIndex) {
      await mkdir(directory, { recursive: true });
      const rows = await writeForms(samples, directory, firstIndex);
      const file = path.join(directory, METADATA);
      const lines = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
      if (firstIndex === 0) await writeFileAtomically(file, lines);
      else await appendFile(file, lines);
      const names = rows.flatMap((row) =>
        Object.entries(row).flatMap(([key, value]) => (key.endsWith(FILE_NAME) ? [value] : [])),
      );
      return firstIndex === 0 ? [METADATA, ...names] : names;
    },
  };
}

/** The name of a preview of what is in one file. */
function besides(file: string, ending: string): string {
  return `${file}-preview${ending}`;
}

async function thing(row: Row, directory: string): Promise<Html> {
  const shown = await Promise.all(
    Object.entries(row).map(async ([key, value]) => {
      if (!key.endsWith(FILE_NAME)) return html`<span>${value}</span>`;
      const name = key.slice(0, -FILE_NAME.length);
      const file = path.join(directory, value);
      if (!SHOWN_ENDINGS.includes(path.extname(value))) return html`<span>${value}</span>`;
      const picture = await shownFile(besides(file, PICTURE), `${name} as a picture`).catch(() => undefined);
      return html`${picture}${await shownFile(file, name)}`;
    }),
  );
  return html`<div class="thing">${shown}</div>`;
}

/** No whole page, so that it can stand in a run's report too. */
function page(things: readonly Html[], columns: number | undefined): Html {
  const repeated = columns ?? 'auto-fill';
  return html`<meta charset="utf-8"><style>
.things { display: grid; gap: .5rem; font: 14px/1.3 system-ui, sans-serif; overflow-x: auto; }
.thing { display: flex; flex-direction: column; gap: .25rem; align-items: center; text-align: center; min-width: 6rem; }
#samples .thing img, .exhibit .thing img, .thing img { width: 6rem; image-rendering: pixelated; }
.thing audio { width: 100%; min-width: 6rem; height: 2rem; }
.thing span { overflow-wrap: anywhere; }
</style>
<div class="things" style="grid-template-columns: repeat(${repeated}, minmax(7.5rem, 1fr))">
${things}
</div>
`;
}
