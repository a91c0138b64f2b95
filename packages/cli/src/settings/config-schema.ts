import { isDeepStrictEqual } from 'node:util';
import { type JsonSchema, jsonSchema, type Schema, string } from '@polygan/core';
import { trainingOptions } from '@polygan/models';
import { recordingSchema } from '../actions/recording.js';
import type { AnyModality } from '../modalities/modality-commands.js';
import { askableOptions } from '../modalities/model-form.js';
import { FLAGS, PLAIN } from './settings.js';

/** What a model of one kind, and its training, can be told. */
interface Kind {
  readonly name: string;
  readonly model: JsonSchema;
  readonly training: JsonSchema;
}

/**
 * The JSON Schema of config files for `polygan train KIND`, made of the schemas by which `train` checks them. A run's `run.json` is a config file too.
 *
 * Makes each model of the modality once, on the tfjs backend of the moment.
 */
export function configSchema(modality: AnyModality): JsonSchema {
  const { kind, noun, models, dataOptions } = modality;
  const kinds = Object.keys(models).map((name) => ({
    name,
    model: section({ kind: string(), ...askableOptions(modality, name) }),
    training: section(trainingOptions(kind, name)),
  }));
  const data = section({ source: string(), ...dataOptions() });
  const recording = section(recordingSchema({}));
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: `polygan train ${kind}`,
    description: `How to train a generator of ${noun}s: polygan train ${kind} --config FILE`,
    definitions: {
      data,
      recording,
      ...Object.fromEntries(
        kinds.flatMap(({ name, model, training }) => [
          [`model-${name}`, model],
          [`training-${name}`, training],
        ]),
      ),
    },
    if: { type: 'object', required: ['modality', 'versions', 'created'] },
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema's word
    then: recordSchema(kind, kinds),
    else: fileSchema(data, recording, kinds),
  };
}

/** What people write. */
function fileSchema(data: JsonSchema, recording: JsonSchema, kinds: readonly Kind[]): JsonSchema {
  const names = kinds.map(({ name }) => name);
  const chosen = Object.fromEntries(names.map((name) => [name, isKind({ anyOf: [{ const: name }, withKind(name)] }, 'model')]));
  return {
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      data: {
        anyOf: [{ type: 'string' }, ref('data')],
        description: 'a path or the name of a ready-made set, or source with how to read it',
      },
      model: { description: `one of ${names.join(', ')}, or kind with options of it` },
      training: { description: 'options of the training loop and of the method' },
      recording: { ...ref('recording'), description: 'how often what is kept' },
      ...propertiesOf(jsonSchema(PLAIN)),
      ...flags({
        data: [data],
        recording: [recording],
        model: kinds.map(({ model }) => model),
        training: kinds.map(({ training }) => training),
      }),
    },
    allOf: [
      { properties: { model: { anyOf: [{ enum: names }, { type: 'object', properties: { kind: { enum: names } } }] } } },
      ...names.map((name, place) => ({
        // The first is what it is where nothing is said.
        if: place === 0 ? { not: { anyOf: names.slice(1).map((other) => chosen[other]) } } : chosen[name],
        // biome-ignore lint/suspicious/noThenProperty: JSON Schema's word
        then: {
          properties: { model: { anyOf: [{ type: 'string' }, ref(`model-${name}`)] }, training: ref(`training-${name}`) },
        },
      })),
    ],
  };
}

/** What a run keeps of what it was asked for, beside much else. */
function recordSchema(modality: string, kinds: readonly Kind[]): JsonSchema {
  return {
    properties: {
      modality: { const: modality },
      model: { type: 'object', required: ['kind', 'options'], properties: { kind: { enum: kinds.map(({ name }) => name) } } },
      data: {
        type: 'object',
        required: ['source', 'options'],
        properties: { source: { type: 'string' }, options: ref('data') },
      },
      recording: ref('recording'),
    },
    allOf: kinds.map(({ name }) => ({
      if: isKind(withKind(name), 'model'),
      // biome-ignore lint/suspicious/noThenProperty: JSON Schema's word
      then: { properties: { model: { properties: { options: ref(`model-${name}`) } }, training: ref(`training-${name}`) } },
    })),
  };
}

/** A section may be empty, and what is needed may come from the data. */
function section(schema: Schema): JsonSchema {
  const { required: _, ...object } = jsonSchema(schema);
  return { ...object, type: ['object', 'null'] };
}

/** The names of flags that these sections know. What belongs in two of them must be right in both, and in a section of one of many models right in one of them. */
function flags(sections: Readonly<Record<string, readonly JsonSchema[]>>): Readonly<Record<string, JsonSchema>> {
  const known = Object.entries(FLAGS).flatMap(([flag, targets]) => {
    const found = targets.flatMap(([name, option]) => {
      const ways = sections[name]!.map((each) => propertiesOf(each)[option]).filter((each) => each !== undefined);
      return ways.length > 0 ? [joined('anyOf', ways)] : [];
    });
    return found.length > 0 ? [[flag, joined('allOf', found)] as const] : [];
  });
  return Object.fromEntries(known);
}

/** One schema, or several that differ under this word. */
function joined(word: 'anyOf' | 'allOf', schemas: readonly JsonSchema[]): JsonSchema {
  const different = schemas.filter((schema, i) => schemas.findIndex((other) => isDeepStrictEqual(other, schema)) === i);
  return different.length === 1 ? different[0]! : { [word]: different };
}

function propertiesOf(schema: JsonSchema): Readonly<Record<string, JsonSchema>> {
  return schema.properties as Readonly<Record<string, JsonSchema>>;
}

function isKind(schema: JsonSchema, key: string): JsonSchema {
  return { required: [key], properties: { [key]: schema } };
}

function withKind(name: string): JsonSchema {
  return { type: 'object', required: ['kind'], properties: { kind: { const: name } } };
}

function ref(name: string): JsonSchema {
  return { $ref: `#/definitions/${name}` };
}
