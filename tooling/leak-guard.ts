import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, expect } from 'vitest';

// No banner about faster backends in the output of tests.
tf.env().set('IS_TEST', true);

/** A test that leaves more tensors than it found fails: whoever makes a tensor disposes of it. */
let tensorsBefore = 0;

beforeEach(() => {
  tensorsBefore = tf.memory().numTensors;
});

afterEach(() => {
  expect(tf.memory().numTensors, 'tensors alive after the test, against those alive before it').toBeLessThanOrEqual(
    tensorsBefore,
  );
});
