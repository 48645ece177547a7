/** Rows of texts → lines with aligned columns, the last one to the right; cut to the terminal where it is too narrow. */
const gap = "   ";

export function renderTable(rows: readonly (readonly string[])[], columns: number | undefined): string {
  const widths = fit(naturalWidths(rows), columns);
  return rows
    .map((row) =>
      row
        .map((cell, index) => place(cell, widths[index] ?? 0, index === row.length - 1 ? "right" : "left"))
        .join(gap)
        .trimEnd(),
    )
    .join("\n");
}

function naturalWidths(rows: readonly (readonly string[])[]): readonly number[] {
  return (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
}

/** The widest column gives way first: names and numbers are short and stay whole. */
function fit(widths: readonly number[], columns: number | undefined): readonly number[] {
  if (columns === undefined) return widths;
  const result = [...widths];
  const excess = () => result.reduce((sum, width) => sum + width, 0) + gap.length * (result.length - 1) - columns;
  while (excess() > 0) {
    const widest = result.indexOf(Math.max(...result));
    const width = result[widest] ?? 0;
    if (width <= 12) break;
    result[widest] = width - 1;
  }
  return result;
}

function place(cell: string, width: number, side: "left" | "right"): string {
  const text = cell.length > width ? `${cell.slice(0, Math.max(0, width - 1))}…` : cell;
  return side === "left" ? text.padEnd(width) : text.padStart(width);
}
