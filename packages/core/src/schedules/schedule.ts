import { mismatch, number, oneOf } from '../options/field.js';
import { either, nested } from '../options/resolve-options.js';

/** A value that stays, or one that stays at `from` for a while, moves to `to` while the model is shown so many real samples, and then stays there. */
export type Schedule =
  | number
  | {
      readonly from: number;
      readonly to: number;
      /** Real samples seen while it moves. */
      readonly over: number;
      /** Real samples seen before it moves. Default 0. */
      readonly after?: number;
      /** Default 'linear'. 'exponential' needs both ends above 0. */
      readonly shape?: 'linear' | 'cosine' | 'exponential';
    };

/** The field of an option that may follow a schedule. */
export function scheduleField({ min = -Infinity, ...limits }: { min?: number; default: number }) {
  const ramp = nested({
    from: number({ min }),
    to: number({ min }),
    over: number({ above: 0 }),
    after: number({ min: 0, default: 0 }),
    shape: oneOf(['linear', 'cosine', 'exponential'], { default: 'linear' }),
  });
  const checked: typeof ramp = {
    ...ramp,
    resolve(given, at) {
      const resolved = ramp.resolve(given, at);
      if (resolved.shape !== 'exponential' || (resolved.from > 0 && resolved.to > 0)) return resolved;
      throw mismatch(at, "a schedule between two numbers above 0, its shape being 'exponential'", resolved);
    },
  };
  return either(number({ min, default: limits.default }), checked);
}

/** The value of a schedule after so many real samples. */
export function scheduledValue(schedule: Schedule, samplesSeen: number): number {
  if (typeof schedule === 'number') return schedule;
  const { from, to, over, after = 0, shape } = schedule;
  const progress = Math.min(1, Math.max(0, samplesSeen - after) / over);
  if (shape === 'exponential') return from * (to / from) ** progress;
  const share = shape === 'cosine' ? (1 - Math.cos(Math.PI * progress)) / 2 : progress;
  return from + (to - from) * share;
}
