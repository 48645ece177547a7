// What systems, networks, databases and their drivers call their failures → what kind of failure that is. By codes and
// names; where a driver gives neither, by its whole sentence. Of a part of one only the status is taken that an answer had.
import type { FailureKind } from "./kinds.js";

const list = (kind: FailureKind, names: string): readonly (readonly [string, FailureKind])[] =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => [name, kind] as const);

/** A host's name that nobody knows: mostly it is wrong, at times a name server is down or a container is not up yet. */
const unknownHost: ReadonlySet<string> = new Set(["ENOTFOUND", "EAI_NONAME", "EAI_NODATA", "ENODATA"]);

const kinds: ReadonlyMap<string, FailureKind> = new Map<string, FailureKind>([
  ...[...unknownHost].map((code) => [code, "unavailable"] as const),
  // The system and the network.
  ...list("unavailable", "ECONNREFUSED ECONNRESET ECONNABORTED ENOTCONN EPIPE ETIMEDOUT ESOCKETTIMEDOUT ESHUTDOWN"),
  ...list("unavailable", "EHOSTUNREACH EHOSTDOWN ENETUNREACH ENETDOWN ENETRESET ENONET EADDRNOTAVAIL"),
  ...list("unavailable", "EAI_AGAIN EAI_FAIL ESERVFAIL EREFUSED ETIMEOUT"),
  ...list("unavailable", "ERR_NETWORK ERR_STREAM_PREMATURE_CLOSE ERR_SOCKET_CONNECTION_TIMEOUT"),
  ...list("unavailable", "ERR_HTTP2_GOAWAY_SESSION ERR_HTTP2_SESSION_ERROR ERR_HTTP2_STREAM_ERROR"),
  // Files, and programs that are started.
  ...list("notFound", "ENOENT ENOTDIR"),
  ...list("denied", "EACCES EPERM EROFS"),
  ...list("conflict", "EEXIST ENOTEMPTY"),
  ...list("unavailable", "EMFILE ENFILE EAGAIN EBUSY"),
  // undici, which is `fetch`.
  ...list(
    "unavailable",
    "UND_ERR UND_ERR_SOCKET UND_ERR_CONNECT_TIMEOUT UND_ERR_CLOSED UND_ERR_DESTROYED UND_ERR_INFO",
  ),
  ...list("unavailable", "UND_ERR_RES_CONTENT_LENGTH_MISMATCH UND_ERR_BPL_MISSING_UPSTREAM UND_ERR_REQ_RETRY"),
  ...list("timeout", "UND_ERR_HEADERS_TIMEOUT UND_ERR_BODY_TIMEOUT TimeoutError"),
  // Drivers of databases: postgres, MySQL, SQLite, Prisma, MongoDB, Sequelize, Knex, ioredis.
  ...list("unavailable", "CONNECTION_CLOSED CONNECTION_ENDED CONNECTION_DESTROYED CONNECT_TIMEOUT"),
  ...list("unavailable", "PROTOCOL_CONNECTION_LOST ER_LOCK_DEADLOCK ER_LOCK_WAIT_TIMEOUT ER_SERVER_SHUTDOWN"),
  ...list("unavailable", "ER_CON_COUNT_ERROR SQLITE_BUSY SQLITE_LOCKED P1001 P1002 P1008 P1017 P2034"),
  ...list("unavailable", "MongoNetworkError MongoNetworkTimeoutError MongoServerSelectionError MongoPoolClearedError"),
  ...list("unavailable", "SequelizeConnectionError SequelizeConnectionRefusedError SequelizeHostNotReachableError"),
  ...list("unavailable", "SequelizeConnectionTimedOutError MaxRetriesPerRequestError ClusterAllFailedError"),
  ...list("overloaded", "P2024 MongoWaitQueueTimeoutError SequelizeConnectionAcquireTimeoutError KnexTimeoutError"),
  // SQLSTATE; those of integrity (23) and of values (22) are the caller's, and no attempt mends them.
  ...list("unavailable", "40001 40P01 53300 55P03 57P01 57P02 57P03 57P05"),
  ...list("timeout", "57014"),
]);

/** Of pg, mysql2 and ioredis, whose errors have neither a code nor a name in these cases. */
const sentences: ReadonlyMap<string, FailureKind> = new Map<string, FailureKind>([
  ["timeout exceeded when trying to connect", "overloaded"],
  ["Connection terminated due to connection timeout", "unavailable"],
  ["Connection terminated unexpectedly", "unavailable"],
  ["Connection terminated", "unavailable"],
  ["timeout expired", "unavailable"],
  ["Client has encountered a connection error and is not queryable", "unavailable"],
  ["Query read timeout", "timeout"],
  ["Queue limit reached.", "overloaded"],
  ["No connections available.", "overloaded"],
  ["Can't add new command when connection is in closed state", "unavailable"],
  ["Connection is closed.", "unavailable"],
  ["Command timed out", "timeout"],
]);

/** The first word of a refusal is Redis' code for it. */
const redisCode = /^(?:READONLY|LOADING|CLUSTERDOWN|MASTERDOWN|TRYAGAIN|BUSY) /;

export function kindOfCode(code: string): FailureKind | undefined {
  return kinds.get(code) ?? (/^08[0-9A-Z]{3}$/.test(code) ? "unavailable" : undefined);
}

export function kindOfSentence(name: unknown, message: unknown): FailureKind | undefined {
  if (typeof message !== "string") return undefined;
  return sentences.get(message) ?? (name === "ReplyError" && redisCode.test(message) ? "unavailable" : undefined);
}

/** What wrappers of `fetch` say where they keep no status: `HTTP 503`, `status code 404`, `Failed to load: 502 Bad Gateway`. */
const statusSaid: readonly RegExp[] = [
  /\bHTTP(?:\/\d(?:\.\d)?)?(?: (?:error|status|code|response))*[!:]?(?: status(?: code)?)?[ (:=]{0,3}([45]\d\d)\b/i,
  /\b(?:status|response)(?: code)?(?: of)?[ (:=]{1,3}([45]\d\d)\b/i,
  /\b(?:responded|answered|replied|returned|failed)(?: with)?(?: an?)? ([45]\d\d)(?=$|[.,;:)\]]| *\()/i,
];

export function statusInMessage(message: unknown): number | undefined {
  if (typeof message !== "string" || message.length > maxSentence) return undefined;
  const said = statusSaid.map((form) => form.exec(message)?.[1]).find((digits) => digits !== undefined);
  if (said !== undefined) return Number(said);
  for (const [, digits = "", phrase = ""] of message.matchAll(/(?<![\w.])([45]\d\d)[ :-]{1,3}([A-Z][A-Za-z -]+)/g))
    if (phrases.get(digits)?.test(phrase)) return Number(digits);
  return undefined;
}

const maxSentence = 1_000;

/** A number is a status where its own words follow it: `404 Not Found`. */
const phrases: ReadonlyMap<string, RegExp> = new Map([
  ["400", /^Bad Request\b/i],
  ["401", /^Unauthorized\b/i],
  ["403", /^Forbidden\b/i],
  ["404", /^Not Found\b/i],
  ["408", /^Request Time-?out\b/i],
  ["409", /^Conflict\b/i],
  ["410", /^Gone\b/i],
  ["412", /^Precondition Failed\b/i],
  ["422", /^Unprocessable\b/i],
  ["429", /^Too Many Requests\b/i],
  ["500", /^Internal Server Error\b/i],
  ["502", /^Bad Gateway\b/i],
  ["503", /^Service (?:Temporarily )?Unavailable\b/i],
  ["504", /^Gateway Time-?out\b/i],
]);

export function isUnknownHost(code: string): boolean {
  return unknownHost.has(code);
}
