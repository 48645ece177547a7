// What the driver rejects with → errors that `errors/classify.ts` understands. What the caller can mend is said in words
// for the caller; what is retryable has the status 503; the driver's own error is the cause, for the log alone.
// Everything goes by SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html

/** An error that PostgreSQL itself has answered with, not the way to it. */
interface ServerError extends Error {
  readonly code: string;
  readonly detail?: string;
  readonly column?: string;
  readonly constraint?: string;
}

interface Words {
  readonly message: string;
  readonly status?: number;
  readonly expose?: boolean;
  readonly name?: string;
}

const explained = new WeakSet<Error>();

/** Already explained errors, and those of the caller's own code, stay as they are. */
export function explainFailure(error: unknown): Error {
  if (!(error instanceof Error)) return new Error("The database failed.", { cause: error });
  if (explained.has(error) || isMistake(error) || "status" in error) return error;
  const code = (error as { code?: unknown }).code;
  const words = isServerError(error) ? (wordsFor(error) ?? { message: error.message }) : unavailable;
  const { message, name = "DatabaseError", ...rest } = words;
  const explanation = Object.assign(new Error(message, { cause: error }), {
    ...rest,
    ...(code !== undefined && { code }),
  });
  explanation.name = name;
  explained.add(explanation);
  return explanation;
}

function isServerError(error: unknown): error is ServerError {
  const { code, severity } = Object(error) as Readonly<Record<string, unknown>>;
  return error instanceof Error && typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) && severity !== undefined;
}

/** The connection is gone, or about to go: the next statement needs another one. */
export function isConnectionLost(error: unknown): boolean {
  return !isServerError(error) ? !isMistake(error) : /^(?:08|57P)/.test(error.code);
}

/** Of several rows, others may be without it: data, integrity, a rule of a view, a trigger, a column or type that is not there. */
export function isRowAtFault(error: unknown): boolean {
  const cause = explained.has(error as Error) ? (error as Error).cause : error;
  if (isServerError(cause)) return /^(?:2[1-3]|44|P0001|42703|42804)/.test(cause.code);
  return isMistake(cause) && !(cause instanceof DOMException);
}

/** Thrown by what encodes or decodes a value, or by who asked to be cancelled. */
function isMistake(error: unknown): boolean {
  const kinds = [TypeError, RangeError, SyntaxError, DOMException];
  return kinds.some((kind) => error instanceof kind);
}

/** Without a code of PostgreSQL's it is the way there that failed: refused, closed, reset, or too slow to open. */
const unavailable: Words = { message: "The database is not available.", status: 503 };

function wordsFor(error: ServerError): Words | undefined {
  switch (error.code) {
    case "23505":
      return conflict(`Another row has the same ${columnsIn(error) ?? "key"} already.`);
    case "23503":
      return conflict(foreignKeyWords(error));
    case "23P01":
      return conflict("Another row is in the way of this one.");
    case "23502":
      return refused(`${quote(error.column ?? "a column")} must have a value.`);
    case "23514":
      return refused(`The values break the rule ${quote(error.constraint ?? "of the table")}.`);
    case "40001":
    case "40P01":
      return { message: "Another transaction was in the way.", status: 503 };
    case "55P03":
      return { message: "The rows are locked by another transaction.", status: 503 };
    case "57014":
      return { message: "The database took too long.", name: "TimeoutError" };
    default:
      return wordsForClass(error.code);
  }
}

function wordsForClass(code: string): Words | undefined {
  switch (code.slice(0, 2)) {
    // Connection, authorisation, resources, operator intervention, system.
    case "08":
    case "28":
    case "53":
    case "57":
    case "58":
      return unavailable;
    case "22":
      return refused(valueWords.get(code) ?? "A value does not have the form that the database asks for.");
    case "23":
      return refused("The values break a rule of the table.");
    default:
      return undefined;
  }
}

const valueWords: ReadonlyMap<string, string> = new Map([
  ["22001", "A text is too long for its column."],
  ["22003", "A number is too large for its column."],
  ["22007", "A date or time does not have the form that the database asks for."],
  ["22008", "A date or time is out of range."],
  ["22012", "Division by zero."],
]);

function conflict(message: string): Words {
  return { message, status: 409, expose: true };
}

function refused(message: string): Words {
  return { message, status: 400, expose: true };
}

/** From `Key (email)=(a@b.c) already exists.`: the names, not the values. */
function columnsIn({ detail }: ServerError): string | undefined {
  const names = /\(([^)]*)\)=\(/.exec(detail ?? "")?.[1];
  return names === undefined ? undefined : quote(names.replaceAll('"', ""));
}

/** A table is named in quotes in all languages of the server; which way the key points is in the number of the words. */
function foreignKeyWords(error: ServerError): string {
  const columns = columnsIn(error);
  return columns === undefined
    ? "A row that it refers to is missing, or others refer to it."
    : `${columns} refers to a row that is missing, or others refer to this one.`;
}

function quote(name: string): string {
  return `\`${name}\``;
}
