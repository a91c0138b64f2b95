import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * A module that may not be installed, from where Node would find it for a CommonJS program: folders of `NODE_PATH` are searched too. Neither
 * compilers nor bundlers look for it.
 *
 * @throws Error that says so, if it is not installed, and whatever it throws itself
 */
export function requireOptional(name: string): Record<string, unknown> {
  if (!isInstalled(name)) throw new Error(`${name} is not installed`);
  return require(name);
}

/** Whether {@link requireOptional} would find it. */
export function isInstalled(name: string): boolean {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
}
