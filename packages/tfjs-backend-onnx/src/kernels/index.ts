import { arithmetic } from './arithmetic.js';
import { convolution } from './convolution/index.js';
import type { RecordedKernel, TensorKernel } from './definition.js';
import { gatherScatter } from './gather-scatter.js';
import { matmul } from './matmul.js';
import { normalization } from './normalization.js';
import { pooling } from './pooling.js';
import { random } from './random.js';
import { reduction } from './reduction.js';
import { resize } from './resize.js';
import { shape } from './shape.js';
import { unary } from './unary.js';
import { views } from './views.js';

/** Every kernel that becomes part of a graph. */
export const recordedKernels: readonly RecordedKernel[] = [
  ...arithmetic,
  ...unary,
  ...reduction,
  ...matmul,
  ...convolution,
  ...pooling,
  ...resize,
  ...normalization,
  ...shape,
  ...gatherScatter,
  ...random,
];

/** Every kernel that only looks at tensors in another way. */
export const tensorKernels: readonly TensorKernel[] = views;
