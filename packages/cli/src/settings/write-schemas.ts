import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { MODALITY_NAMES, modalityNamed } from '../modalities/modalities.js';
import { configSchema } from './config-schema.js';

// A part of the build: writes the JSON Schemas of config files, one for each modality, into a folder.
const [folder] = process.argv.slice(2);
await mkdir(folder!, { recursive: true });
for (const name of MODALITY_NAMES) {
  await writeFile(path.join(folder!, `${name}.json`), `${JSON.stringify(configSchema(modalityNamed(name)))}\n`);
}
