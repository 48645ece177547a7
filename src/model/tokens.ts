/** A rule of thumb of all tokenizers, four characters a token: what a tool's entry in `tools/list` costs a model at every turn. */
export function tokensOf(entry: object): number {
  return Math.ceil(JSON.stringify(entry).length / 4);
}
