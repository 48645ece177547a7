/** An explanation → lines with aligned columns: keyword, value, what gave it, where that is. */
import { join } from "node:path";
import type { Explanation, Line } from "../../explain/index.js";
import type { Span } from "../../model/span.js";
import { shorten } from "./shown-paths.js";
import { renderTable } from "./table.js";

export interface Sheet {
  /** Absolute; where the paths of places start. */
  readonly root: string;
  readonly cwd: string;
  readonly columns: number | undefined;
}

/** All lines are of one table; headings stand between them. */
export function explanationText({ tool, span, sections }: Explanation, sheet: Sheet): string {
  const entries = sections.flatMap((section) =>
    section.entries.map((entry, index) => ({ ...entry, title: index === 0 ? section.title : undefined })),
  );
  const rows = entries.flatMap(({ lines }) => lines.map((line) => toRow(line, sheet)));
  const rendered = renderTable(rows, sheet.columns).split("\n");
  let next = 0;
  const body = entries.flatMap(({ title, path, lines }) => {
    const own = rendered.slice(next, (next += lines.length));
    return [...(title === undefined ? [] : ["", title]), ...(path === "" ? [] : [`  ${path}`]), ...own];
  });
  return [`${tool}   ${placeText(span, sheet)}`, ...body].join("\n");
}

const longestValue = 44;
const longestOrigin = 48;

/** The last column is set to the right, where nothing stands. */
function toRow({ keyword, value, origin }: Line, sheet: Sheet): readonly string[] {
  const shown = value === undefined ? "" : cut(JSON.stringify(value), longestValue);
  const prefix = origin.kind === "type" || origin.kind === "inferred" ? `${origin.kind} ` : "";
  const place = origin.span ? placeText(origin.span, sheet) : "";
  return [`    ${keyword}`, shown, cut(prefix + origin.text, longestOrigin), place, ""];
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

function placeText({ file, start }: Span, { root, cwd }: Sheet): string {
  return `${shorten(join(root, file), cwd)}:${String(start.line)}:${String(start.column)}`;
}
