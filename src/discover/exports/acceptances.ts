/** `@accept MG504` in a comment → that the warnings of this code about what the comment stands above may stay. */
import type { ts } from "ts-morph";
import { refuseAcceptance, isCode, type Acceptance } from "../../diagnostics/accept.js";
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { succeed, type Result } from "../../model/result.js";
import { loadCompiler } from "../compiler/compiler-options.js";
import { offsetsToSpan } from "../disk/spans.js";
import type { Module } from "./exports.js";

export function findAcceptances(root: string, modules: readonly Module[]): Result<readonly Acceptance[]> {
  const found = modules
    .filter(({ file }) => file.text.includes("@accept"))
    .flatMap(({ file }) => commentsOf(file).flatMap((comment) => readComment(root, file, comment)));
  return succeed(
    found.flatMap(({ acceptance }) => acceptance ?? []),
    found.flatMap(({ problem }) => problem ?? []),
  );
}

interface Comment {
  readonly text: string;
  readonly start: number;
  /** The end of what it stands above. */
  readonly end: number;
}

/** A comment that ends between a node's first blank and its first word stands above that node, the outermost of those. */
function commentsOf(file: ts.SourceFile): readonly Comment[] {
  const { ts } = loadCompiler();
  const found: Comment[] = [];
  const visit = (node: ts.Node, seen: number): void => {
    for (const { pos, end, kind } of ts.getLeadingCommentRanges(file.text, node.pos) ?? []) {
      if (pos < seen || kind !== ts.SyntaxKind.MultiLineCommentTrivia) continue;
      const text = file.text.slice(pos, end);
      if (text.startsWith("/**")) found.push({ text, start: pos, end: node.end });
    }
    const first = node.getStart(file);
    ts.forEachChild(node, (child) => visit(child, Math.max(seen, first)));
  };
  for (const statement of file.statements) visit(statement, 0);
  return found;
}

interface Read {
  readonly acceptance?: Acceptance;
  readonly problem?: Diagnostic | undefined;
}

function readComment(root: string, file: ts.SourceFile, { text, start, end }: Comment): readonly Read[] {
  const where = offsetsToSpan(root, file, [start, end]);
  return [...text.matchAll(/(?<=(?:^\/\*\*|\n)[ \t*]*|[ \t])@accept\b([^\n@]*)/g)].flatMap((tag): readonly Read[] => {
    const at = start + tag.index;
    const spanOf = (from: number, length: number) => offsetsToSpan(root, file, [at + from, at + from + length]);
    const words = [...(tag[1] ?? "").matchAll(/[^\s,*/]+/g)];
    if (words.length === 0)
      return [{ problem: diagnostic("MG117", "`@accept` names no code", { span: spanOf(0, 7) }) }];
    return words
      .filter(([word], index) => index === 0 || isLikeCode(word))
      .map(({ 0: code, index }) => {
        const problem = refuseAcceptance(code, spanOf("@accept".length + index, code.length));
        return problem || !isCode(code) ? { problem } : { acceptance: { code, where } };
      });
  });
}

/** Behind the codes there may be words that say why. */
function isLikeCode(word: string): boolean {
  return /^MG\d/i.test(word);
}
