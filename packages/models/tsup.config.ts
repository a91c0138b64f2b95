import { library } from '@polygan/tooling/tsup';

export default library({ index: 'src/index.ts' });
