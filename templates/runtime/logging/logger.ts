// The server's log. Every line carries the request id of the call it is written in. It can never throw and
// never fail a call: whatever it is given, secrets are taken out first.
import type { LogFn, Logger } from "../contracts/index.js";
import { currentScope } from "../context/scope.js";
import { isEnabled, type Level } from "./levels.js";
import { redactFields, redactText } from "./redact.js";
import { writeLine } from "./sink.js";

type Fields = Readonly<Record<string, unknown>>;

/** Ours in each line: a field of the same name is written with a `_` behind it. */
const reserved: ReadonlySet<string> = new Set(["level", "time", "requestId", "tool", "msg"]);

export const log: Logger = createLogger({});

function createLogger(bound: Fields): Logger {
  const at =
    (level: Level): LogFn =>
    (message, fields) => {
      if (isEnabled(level)) writeSafely(level, message, { ...bound, ...fields });
    };
  return {
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    child: (fields) => createLogger({ ...bound, ...fields }),
  };
}

function writeSafely(level: Level, message: unknown, fields: Fields): void {
  try {
    const clean = Object.entries(redactFields(fields)).map(([key, value]) => [
      reserved.has(key) ? `${key}_` : key,
      value,
    ]);
    writeLine({
      level,
      time: new Date().toISOString(),
      fields: { ...currentScope(), ...(Object.fromEntries(clean) as Fields) },
      message: redactText(String(message)),
    });
  } catch {
    // A log line is never worth a call.
  }
}
