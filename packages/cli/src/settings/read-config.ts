import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import { UserError } from '../terminal/failure.js';
import { type InnerNames, isSection, type Section, type Settings, settingsFrom, type Value } from './settings.js';

/**
 * Settings from a YAML or JSON file; the `run.json` of an earlier run is one too.
 *
 * @throws UserError if it cannot be read, is not YAML, or has unknown keys
 */
export async function readConfig(file: string, innerNames: InnerNames): Promise<Settings> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new UserError(`cannot read the config file ${file}: ${error.message}`, { cause: error });
  });
  const document = parseDocument(text);
  const [problem] = document.errors;
  if (problem) throw new UserError(`${file} is neither YAML nor JSON: ${problem.message.split('\n')[0]}`);
  const content = document.toJS() as Value;
  if (content === null) throw new UserError(`${file} is empty`);
  if (!isSection(content))
    throw new UserError(`${file} must hold keys such as 'data' and 'steps', got ${JSON.stringify(content).slice(0, 40)}`);
  // Where an editor finds the schema of a JSON file.
  const { $schema: _, ...keys } = content;
  return settingsFrom(isRunRecord(keys) ? keysOfRun(keys) : keys, file, innerNames);
}

function isRunRecord(content: Section): boolean {
  return 'versions' in content && 'created' in content && 'modality' in content;
}

/** What a run was asked for, as keys that ask for it again; not where it was kept. */
function keysOfRun(record: Section): Section {
  const data = record.data as { source: string; options: Section };
  const model = record.model as { kind: string; options: Section };
  // What form texts have is found in the data again.
  const { form: _, ...options } = model.options;
  return {
    data: { source: data.source, ...data.options },
    model: { kind: model.kind, ...options },
    training: record.training ?? {},
    recording: record.recording ?? {},
    engine: record.engine ?? 'auto',
  };
}
