/** What the function's body is seen to do beside computing its result, and where. */
import type { Line, Section, Subject } from "./explanation.js";

export function explainEffects({ source }: Subject): readonly Section[] {
  const lines = source.effects.map(({ kind, text, span, through }): Line => {
    const way = through.map((name) => `${name} › `).join("");
    return { keyword: kind, origin: { kind: "body", text: way + text, span } };
  });
  const nothing: Line = {
    keyword: "none",
    origin: { kind: "body", text: "the result comes from the arguments alone", span: source.span },
  };
  return [{ title: "Effects", entries: [{ path: "", lines: lines.length > 0 ? lines : [nothing] }] }];
}
