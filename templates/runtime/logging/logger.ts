// The server's log. Every line carries the request id of the call it is written in. It can never throw and
// never fail a call: whatever it is given, secrets are taken out first.
import type { LogFn, Logger } from "../contracts/index.js";
import { currentScope, type RequestScope } from "../call/scope.js";
import { isEnabled, type Level } from "./levels.js";
import { redactFields, redactText } from "./redact.js";
import { writeLine } from "./sink.js";

type Fields = Readonly<Record<string, unknown>>;

/** Ours in each line: a field of the same name is written with a `_` behind it. */
const reserved: ReadonlySet<string> = new Set(["level", "time", "requestId", "tool", "traceId", "msg"]);

export const log: Logger = createLogger([], currentScope);

/** For what is said of a call outside of it. */
export function logOfCall(call: CallOfLine): Logger {
  return createLogger([], () => currentScope() ?? call);
}

interface CallOfLine extends Pick<RequestScope, "requestId" | "tool"> {
  readonly trace?: RequestScope["trace"];
}

type FindCall = () => CallOfLine | undefined;

/** `bound` are the fields of the logger and of those it is a child of, merged for each line that is written. */
function createLogger(bound: readonly Fields[], findCall: FindCall): Logger {
  const at =
    (level: Level): LogFn =>
    (message, fields = {}) => {
      if (isEnabled(level)) writeSafely(level, message, { fields: [...bound, fields], call: findCall() });
    };
  return {
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    child: (fields) => createLogger([...bound, fields], findCall),
  };
}

interface Said {
  readonly fields: readonly Fields[];
  readonly call: CallOfLine | undefined;
}

function writeSafely(level: Level, message: unknown, { fields, call }: Said): void {
  try {
    writeLine({
      level,
      time: new Date().toISOString(),
      fields: { ...callFields(call), ...attempt(() => mergeFields(fields), { fields: "[unreadable]" }) },
      message: attempt(() => redactText(String(message)), "[unreadable]"),
    });
  } catch {
    // A log line is never worth a call.
  }
}

/** Which call the line is written in. */
function callFields(scope: CallOfLine | undefined): Fields {
  if (scope === undefined) return {};
  const { requestId, tool, trace } = scope;
  // A trace that begins with the call has the request's id.
  return { requestId, tool, ...(trace?.parentId !== undefined && { traceId: trace.traceId }) };
}

function mergeFields(fields: readonly Fields[]): Fields {
  const merged = Object.assign({}, ...fields) as Fields;
  const clean = Object.entries(redactFields(merged));
  return Object.fromEntries(clean.map(([key, value]) => [reserved.has(key) ? `${key}_` : key, value]));
}

/** Getters, proxies and `toString` are the caller's code: where they throw, the rest of the line is still written. */
function attempt<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
