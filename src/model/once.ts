/** What is made when it is asked for first, or kept of the last time. */

export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** The answer to the last question is kept, for one that is asked again with the very same text. */
export function lastly<T>(answer: (text: string) => T): (text: string) => T {
  let last: { readonly text: string; readonly value: T } | undefined;
  return (text) => (last?.text === text ? last : (last = { text, value: answer(text) })).value;
}
