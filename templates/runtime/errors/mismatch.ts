// A result that is not what the function's type promises: a mistake of the server, which no other arguments mend. Its
// message names places and kinds of values, so that it may be told.

const mismatches = new WeakSet();

export function createMismatch(message: string): Error {
  const error = new Error(message);
  error.name = "ResultMismatch";
  mismatches.add(error);
  return error;
}

export function isMismatch(error: unknown): error is Error {
  return typeof error === "object" && error !== null && mismatches.has(error);
}
