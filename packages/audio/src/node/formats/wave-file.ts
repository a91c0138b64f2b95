import * as wavefile from 'wavefile';

type Exports = typeof wavefile & { readonly default?: typeof wavefile };

/** wavefile's class. Its exports lie in `default` where an ES module loads it, and beside it where a CommonJS one does. */
export const WaveFile = ((wavefile as Exports).default ?? wavefile).WaveFile;
