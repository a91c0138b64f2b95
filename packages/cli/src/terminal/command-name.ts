import path from 'node:path';

/** How this command was called, so that the next commands can be shown as they have to be typed. */
export function commandName(script = process.argv[1] ?? ''): string {
  const { name } = path.parse(script);
  if (script.includes('node_modules')) return 'npx polygan';
  if (name === 'polygan') return name;
  const relative = path.relative(process.cwd(), script);
  return `node ${relative.length < script.length ? relative : script}`;
}
