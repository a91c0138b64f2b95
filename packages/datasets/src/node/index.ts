export { type DigitsOptions, digitSamples, digits, type Split } from './digits.js';
export { type FashionMnistOptions, fashionMnist, fashionMnistSamples } from './fashion-mnist.js';
export { type FeatureNetworkName, featureNetwork } from './feature-network.js';
