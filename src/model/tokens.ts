/**
 * A rule of thumb of all tokenizers, four characters a token: what a tool's entry in `tools/list` costs a model at every
 * turn. Annotations and icons are for the client, which keeps them to itself.
 */
export function tokensOf(entry: object): number {
  return Math.ceil(JSON.stringify({ ...entry, annotations: undefined, icons: undefined }).length / 4);
}
