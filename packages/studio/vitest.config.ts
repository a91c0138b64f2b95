import { tests } from '@polygan/tooling/vitest';

export default tests();
