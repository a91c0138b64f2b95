import ts from 'typescript';

/** One import of a file: static, dynamic, re-export, `require('…')` or `typeof import('…')`. */
interface Import {
  readonly specifier: string;
  readonly line: number;
  /** Erased by the compiler: it counts as a dependency of the types, but loads nothing. */
  readonly isTypeOnly: boolean;
}

/** A name that a file uses: `Math.random`, `tensor.dataSync` (as `.dataSync`), `console.log`, `process`. */
interface Use {
  readonly name: string;
  readonly line: number;
}

/** What the rules look at in one file. */
export interface SourceFile {
  /** From the root of its package, with forward slashes: `src/training/train.ts`. */
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  readonly uses: readonly Use[];
}

/** Reads a TypeScript or JavaScript source into what the rules look at. */
export function parseSource(path: string, text: string): SourceFile {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  const uses: Use[] = [];
  const lineOf = (node: ts.Node) => source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
  const addImport = (node: ts.Node, specifier: ts.Node | undefined, isTypeOnly: boolean) => {
    if (specifier && ts.isStringLiteralLike(specifier))
      imports.push({ specifier: specifier.text, line: lineOf(node), isTypeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      addImport(node, node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    } else if (ts.isExportDeclaration(node)) {
      addImport(node, node.moduleSpecifier, node.isTypeOnly);
    } else if (ts.isImportTypeNode(node)) {
      addImport(node, ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    } else if (ts.isCallExpression(node) && loadsModule(node.expression)) {
      addImport(node, node.arguments[0], false);
    } else if (ts.isPropertyAccessExpression(node)) {
      uses.push({ name: `.${node.name.text}`, line: lineOf(node.name) });
      if (ts.isIdentifier(node.expression)) {
        uses.push({ name: `${node.expression.text}.${node.name.text}`, line: lineOf(node) });
      }
    } else if (ts.isIdentifier(node) && isFreeName(node)) {
      uses.push({ name: node.text, line: lineOf(node) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { path, lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0), imports, uses };
}

/** `import('…')`, `require('…')`, `require.resolve('…')`. */
function loadsModule(callee: ts.Expression): boolean {
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return true;
  if (ts.isPropertyAccessExpression(callee)) return callee.name.text === 'resolve' && loadsModule(callee.expression);
  return ts.isIdentifier(callee) && callee.text === 'require';
}

/** Whether a name stands for a value in scope, and is not the name of a property, a type or a label. */
function isFreeName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  return ts.isExpression(parent) || ts.isShorthandPropertyAssignment(parent) || ts.isExpressionStatement(parent);
}
