/** Text that people copy into a shell. */

/** One word of a command, whatever it holds. */
export function shellWord(text: string): string {
  return /^[\w./@+=:-]+$/.test(text) ? text : `"${text.replace(/["\\$`]/g, "\\$&")}"`;
}
