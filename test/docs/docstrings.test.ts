import ts from 'typescript';
import { expect, test } from 'vitest';
import { ALL_ENTRIES, exportsOf, programs } from './program.js';

test('everything that a package exports has a docstring', () => {
  const program = programs()(new Map([ALL_ENTRIES]));
  const types = program.getTypeChecker();
  const exported = exportsOf(program).flatMap(([entry, symbols]) => symbols.map((symbol) => [entry, symbol] as const));
  expect(exported.length).toBeGreaterThan(200);
  const bare = exported.filter(([, symbol]) => {
    const original = symbol.flags & ts.SymbolFlags.Alias ? types.getAliasedSymbol(symbol) : symbol;
    return original.getDocumentationComment(types).length === 0;
  });
  expect(bare.map(([entry, { name }]) => `${entry}: ${name}`)).toEqual([]);
});
