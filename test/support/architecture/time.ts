/** What goes by the clock of the machine, in a runtime that goes by one of its own. */
/** What the machine's clock and chance are read with. */
export const untimely = [
  "performance.now",
  "Date.now",
  "AbortSignal.timeout",
  "setTimeout",
  "setInterval",
  "Math.random",
] as const;

/** Of the runtime, what may: the clock itself, and what waits for the process, the network or another machine. */
export const timedByMachine = [
  ...["time", "lifecycle", "logging", "metrics", "tracing", "redis", "stdio", "http", "auth", "entry"].map(
    (folder) => `templates/runtime/${folder}/`,
  ),
  // How long a server of a database takes to start, and to stop what it was doing.
  "templates/runtime/database/server.ts",
  "templates/runtime/database/connection.ts",
  // When another machine says that it will be back.
  "templates/runtime/errors/retry-after.ts",
  // The test clock begins at the present.
  "templates/runtime/testing/clock.ts",
];
