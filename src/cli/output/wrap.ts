/** A paragraph → lines that fit the terminal, as far as its words allow. */
import { wrapText } from "../../model/text.js";

/** Lines of more than 88 characters tire the eye; 80 are what is taken for granted where there is no terminal. */
const widest = 88;
const usual = 80;

/** Indented lines are examples and stay as they are. */
export function wrap(paragraph: string, columns: number | undefined): readonly string[] {
  if (paragraph.startsWith("  ")) return [paragraph];
  return wrapText(paragraph, Math.max(20, Math.min(columns ?? usual, widest)));
}
