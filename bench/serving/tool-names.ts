/** A number of tools → what is added to the names of the four functions: nothing for 4, "00" to "24" for 100. */
export function toolSuffixes(tools: number): readonly string[] {
  if (tools === 4) return [""];
  return Array.from({ length: tools / 4 }, (_, index) => String(index).padStart(2, "0"));
}
