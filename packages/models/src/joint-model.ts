import type { JointBatch, JointSamples, MultimodalModel } from '@polygan/multimodal';
import type { AnyBatch, AnyModel, AnySamples, ModelOptions } from './any-model.js';

/** A model of things in several forms, as programs of any modality see it. */
export type AnyJointModel = AnyModel<JointSamples, JointBatch> &
  Pick<
    MultimodalModel,
    'latent' | 'modalities' | 'readers' | 'points' | 'generate' | 'read' | 'generateFrom' | 'translate' | 'refine'
  >;

/** Whether a model is of things in several forms. */
export function isJoint(model: AnyModel<AnySamples, AnyBatch>): model is AnyJointModel {
  return 'translate' in model;
}

/** A model whose options are written as runs have them. */
export function jointModel(model: MultimodalModel, options: ModelOptions): AnyJointModel {
  return {
    kind: model.kind,
    options,
    latent: model.latent,
    modalities: model.modalities,
    networks: model.networks,
    sampler: model.sampler,
    readers: model.readers,
    trainingSchema: model.trainingSchema,
    trainingMethod: model.trainingMethod.bind(model),
    points: model.points.bind(model),
    generate: model.generate.bind(model),
    read: model.read.bind(model),
    generateFrom: model.generateFrom.bind(model),
    translate: model.translate.bind(model),
    refine: model.refine.bind(model),
    samples: model.samples.bind(model),
    sample: model.sample.bind(model),
    dispose: () => model.dispose(),
  } as AnyJointModel;
}
