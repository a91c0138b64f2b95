/**
 * Ends a run of all tests with the names of those that failed, and one line, counted over the results that vitest left in every package:
 * "812 passed, 0 failed".
 *
 * `--clear` forgets the results of earlier runs. Exits with 1 when a test or a whole test file failed, or when there are no results.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const packages = readdirSync(path.join(root, 'packages')).map((name) => path.join('packages', name));
const folders = [...packages, 'test', 'bench', 'examples']
  .map((folder) => path.join(root, folder, 'test-results'))
  .filter((folder) => existsSync(folder));

if (process.argv[2] === '--clear') {
  for (const folder of folders) rmSync(folder, { recursive: true });
} else {
  let passed = 0;
  let failed = 0;
  // Tests in a browser leave pictures beside their results.
  const results = (folder) => readdirSync(folder).filter((name) => name.endsWith('.json'));
  for (const file of folders.flatMap((folder) => results(folder).map((name) => path.join(folder, name)))) {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(file, 'utf8'));
    // A file that does not load has no tests to fail.
    const broken = testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0);
    for (const { name, status, message, assertionResults } of testResults) {
      if (status !== 'failed') continue;
      const names = assertionResults.filter((test) => test.status === 'failed').map(({ fullName }) => fullName);
      for (const failure of names.length > 0 ? names : [message]) console.log(`failed: ${path.relative(root, name)}: ${failure}`);
    }
    passed += numPassedTests;
    failed += numFailedTests + broken.length;
  }
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0 || passed === 0) process.exitCode = 1;
}
