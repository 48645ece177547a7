// The logger of pino, for functions that ask for that one: it writes the lines that `log` writes, with the request id
// of the call they are written in and without secrets.
import { pino, type Logger } from "pino";
import { currentScope } from "../call/scope.js";
import { logLevel } from "./levels.js";
import { redactFields, redactText } from "./redact.js";
import { writeStderr } from "./stderr.js";

export function createPino(): Logger {
  return pino(
    {
      level: logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), bindings: redactFields, log: redactFields },
      hooks: {
        logMethod(parameters, method) {
          const clean = parameters.map((each: unknown) => (typeof each === "string" ? redactText(each) : each));
          method.apply(this, clean as typeof parameters);
        },
      },
      mixin: callFields,
    },
    { write: writeStderr },
  );
}

/** Which call the line is written in. */
function callFields(): object {
  const scope = currentScope();
  return scope === undefined ? {} : { requestId: scope.requestId, tool: scope.tool };
}
