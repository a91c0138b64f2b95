import { createRequire } from 'node:module';

/**
 * tfjs-node 4.22 calls functions of `node:util` that Node 22 warns of on the terminal and Node 23 removed; puts plain ones in their places.
 *
 * It has to be the CommonJS module object, which tfjs-node sees, not the read-only ES module namespace.
 */
export function shimNodeUtil(): void {
  const util = createRequire(import.meta.url)('node:util') as Record<string, unknown>;
  util.isNullOrUndefined = (value: unknown) => value === null || value === undefined;
  util.isArray = Array.isArray;
}
