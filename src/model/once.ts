/** What is made when it is asked for first, or kept of the last time. */

export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

export interface Lastly<T> {
  (text: string): T;
  /** The answer is known by another way. */
  readonly keep: (text: string, value: T) => void;
}

/** The answers to the last questions are kept, for one that is asked again with the very same text. */
export function lastly<T>(answer: (text: string) => T, most = 1): Lastly<T> {
  const answers: { readonly text: string; readonly value: T }[] = [];
  const keep = (text: string, value: T): void => {
    answers.unshift({ text, value });
    answers.length = Math.min(answers.length, most);
  };
  const ask = (text: string): T => {
    const place = answers.findIndex((each) => each.text === text);
    const [known = { value: answer(text) }] = place === -1 ? [] : answers.splice(place, 1);
    // With the text of now: what is one object is the same at a glance.
    keep(text, known.value);
    return known.value;
  };
  return Object.assign(ask, { keep });
}
