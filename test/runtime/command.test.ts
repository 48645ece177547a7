// What the server was started to do.
import { expect, test } from "vitest";
import { readCommand } from "../../templates/runtime/entry/command.js";

test.each<[string[], Record<string, string>, object]>([
  [[], { PORT: "80" }, { kind: "stdio" }],
  [["--http"], {}, { kind: "http", host: "127.0.0.1", port: 3000 }],
  [["--http"], { PORT: "8080", HOST: "0.0.0.0" }, { kind: "http", host: "0.0.0.0", port: 8080 }],
  [["--http", "4000"], { PORT: "8080" }, { kind: "http", host: "127.0.0.1", port: 4000 }],
  [["--http=4000"], { HOST: "" }, { kind: "http", host: "127.0.0.1", port: 4000 }],
  [["--http"], { PORT: " 8080 ", HOST: " [::1] " }, { kind: "http", host: "::1", port: 8080 }],
  [["--http"], { PORT: " ", HOST: " " }, { kind: "http", host: "127.0.0.1", port: 3000 }],
  [["--help"], {}, { kind: "exit", code: 0 }],
  [["--http", "70000"], {}, { kind: "exit", code: 2 }],
  [["--http", "x"], {}, { kind: "exit", code: 2 }],
  [["--http", "1", "2"], {}, { kind: "exit", code: 2 }],
  [["--https"], {}, { kind: "exit", code: 2 }],
])("%j %j", (parameters, environment, command) => {
  expect(readCommand(parameters, environment)).toMatchObject(command);
});
