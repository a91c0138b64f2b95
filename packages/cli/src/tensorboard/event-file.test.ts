import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PbfReader } from 'pbf';
import { expect, test } from 'vitest';
import { EventFile } from './event-file.js';

/** The contents of the records of a TFRecord file. */
function recordsOf(file: Buffer): Buffer[] {
  const records: Buffer[] = [];
  for (let at = 0; at < file.length; ) {
    const length = Number(file.readBigUInt64LE(at));
    records.push(file.subarray(at + 12, at + 12 + length));
    at += 12 + length + 4;
  }
  return records;
}

/** The names and numbers of an event. */
function scalarsOf(event: Buffer): Record<string, number> {
  const found: Record<string, number> = {};
  new PbfReader(event).readFields((field, _, event) => {
    if (field !== 5) return;
    event.readMessage((__, ___, summary) => {
      let tag = '';
      summary.readMessage((field, ____, value) => {
        if (field === 1) tag = value.readString();
        if (field === 2) found[tag] = value.readFloat();
      }, undefined);
    }, undefined);
  }, undefined);
  return found;
}

const report = {
  step: 20,
  samplesSeen: 80,
  metrics: { 'loss/generator': 0.5, diversity: 0.25 },
  stepsPerSecond: 1,
  samplesPerSecond: 4,
  seconds: 20,
  progress: 0.5,
  secondsLeft: 20,
  warnings: [],
};

test('an event file begins as those of TensorFlow do, and holds figures and previews', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'polygan-events-'));
  await mkdir(path.join(folder, 'samples'));
  await writeFile(path.join(folder, 'samples', '00000040.txt'), 'a text');
  const events = new EventFile(folder);
  await events.append(report);
  await events.append({ ...report, step: 40 });
  const [name] = (await readdir(folder)).filter((file) => file.startsWith('events.out.tfevents.'));
  const file = await readFile(path.join(folder, name!));
  // Length 24 and its masked checksum: the first bytes of every event file that TensorFlow writes.
  expect([...file.subarray(0, 13)]).toEqual([0x18, 0, 0, 0, 0, 0, 0, 0, 0xa3, 0x7f, 0x4b, 0x22, 0x09]);
  const records = recordsOf(file);
  expect(records).toHaveLength(4);
  expect(records[0]!.toString('latin1')).toContain('brain.Event:2');
  expect(scalarsOf(records[2]!)).toEqual({ 'loss/generator': 0.5, diversity: 0.25, samplesPerSecond: 4 });
  expect(records[3]!.toString('latin1')).toContain('a text');
  await rm(folder, { recursive: true });
});
