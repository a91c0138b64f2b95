export { type DigitTriples, type DigitTriplesOptions, digitTriples } from './digit-triples.js';
export { type DigitsOptions, digitSamples, digits, type Split } from './digits.js';
export { type Faces, type FacesOptions, faces } from './faces.js';
export { type FashionMnistOptions, fashionMnist, fashionMnistSamples } from './fashion-mnist.js';
export { type FeatureNetworkName, featureNetwork } from './feature-network.js';
export { type FirstNamesOptions, firstNames } from './first-names.js';
export { type SentencesOptions, sentences } from './sentences.js';
export {
  type SpokenDigitSamples,
  type SpokenDigitSamplesOptions,
  type SpokenDigitsOptions,
  spokenDigitSamples,
  spokenDigits,
} from './spoken-digits.js';
export type { TextSamples } from './text-samples.js';
export { isTrainedRun, type TrainedRunName, trainedRun } from './trained-run.js';
