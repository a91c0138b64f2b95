import { dcgan } from '@polygan/image';
import type { SpeedCase } from '../case.js';

export const sampleDcgan32: SpeedCase = {
  title: 'DCGAN 32×32×3, sampling a batch',
  size: { batch: 256, width: 64 },
  prepare({ batch, width }) {
    const model = dcgan({ size: 32, channels: 3, width });
    let seed = 0;
    const sample = async () => {
      const pictures = await model.sample(batch, { seed: seed++ });
      await pictures.data();
      pictures.dispose();
      return 1;
    };
    return {
      async first() {
        await sample();
      },
      advance: sample,
    };
  },
};
