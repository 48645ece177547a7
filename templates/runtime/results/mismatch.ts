// A result that is not what the function's type promises: a mistake of the server, for its log alone.

export function createMismatch(message: string): Error {
  const error = new Error(message);
  error.name = "ResultMismatch";
  return error;
}
