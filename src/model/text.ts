/** Small questions about texts that every stage asks. */

/** Code-unit order: a locale's order would differ from machine to machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
