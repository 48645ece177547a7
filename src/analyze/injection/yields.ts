/** A provider that is a generator → whether it yields exactly once: its value, and behind that its cleanup. */
import type { ts } from "ts-morph";
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { ExportedFunction } from "../../discover/index.js";
import { compiler } from "../checker/compiler.js";
import type { Analysis } from "../checker/analysis.js";

interface Generator {
  readonly implementation: ExportedFunction["implementation"];
  readonly place: ts.Node;
}

export function checkYields({ sources }: Analysis, name: string, { implementation, place }: Generator): Diagnostic[] {
  const span = sources.spanOf(place);
  const body = implementation?.body;
  if (body === undefined || compiler.isArrowFunction(implementation ?? place) || !hasAsterisk(implementation)) {
    const message = `provider \`${name}\` returns a generator whose \`yield\`s cannot be counted`;
    return [diagnostic("MG211", message, { span, help: "write it as an `async function*`" })];
  }
  if (!implementation?.modifiers?.some(({ kind }) => kind === compiler.SyntaxKind.AsyncKeyword))
    return [
      diagnostic("MG211", `provider \`${name}\` is a generator that is not \`async\``, {
        span,
        help: "write `async function*`",
      }),
    ];
  const found = yieldsIn(body);
  const looped = found.find(({ repeats }) => repeats);
  if (looped)
    return [
      diagnostic("MG211", `provider \`${name}\` can yield more than once`, { span: sources.spanOf(looped.node) }),
    ];
  if (found.length === 1) return [];
  const times = found.length === 0 ? "never yields" : `yields ${found.length} times`;
  return [diagnostic("MG211", `provider \`${name}\` ${times}`, { span })];
}

function hasAsterisk(implementation: ExportedFunction["implementation"]): boolean {
  return (
    implementation !== undefined && "asteriskToken" in implementation && implementation.asteriskToken !== undefined
  );
}

interface Yield {
  readonly node: ts.YieldExpression;
  /** In a loop, or handed on to another generator. */
  readonly repeats: boolean;
}

/** The function's own, not those of functions within it. */
function yieldsIn(body: ts.Node): Yield[] {
  const found: Yield[] = [];
  const visit = (node: ts.Node, loops: number): void => {
    if (compiler.isFunctionLike(node) || compiler.isClassLike(node)) return;
    if (compiler.isYieldExpression(node)) found.push({ node, repeats: loops > 0 || node.asteriskToken !== undefined });
    const inside = compiler.isIterationStatement(node, false) ? loops + 1 : loops;
    compiler.forEachChild(node, (child) => {
      visit(child, inside);
    });
  };
  compiler.forEachChild(body, (child) => {
    visit(child, 0);
  });
  return found;
}
