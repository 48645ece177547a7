/** Numbers that no request can be named by: its client is told so under the number that it waits for. */
import { expect, test } from "vitest";
import { readMessage } from "../../templates/runtime/dispatch/message.js";

function answerTo(json: string): string {
  const read = readMessage(json);
  return read.kind === "refused" ? read.response : read.kind;
}

const refusal = (id: string): string =>
  `{"jsonrpc":"2.0","id":${id},"error":{"code":-32600,"message":"Invalid request: \`id\` must be a string, or an integer below 2^53"}}`;

test.each([
  ["a fraction", '{"jsonrpc":"2.0","id":1.5,"method":"ping"}', "1.5"],
  ["an integer beyond 2^53", '{"jsonrpc":"2.0","id":9007199254740993,"method":"ping"}', "9007199254740993"],
  ["a negative one", '{ "jsonrpc": "2.0", "method": "ping", "id" : -9007199254740993 }', "-9007199254740993"],
  ["one that is written with an exponent", '{"jsonrpc":"2.0","id":1e21,"method":"ping"}', "1e+21"],
  [
    "one beside others within the params",
    '{"jsonrpc":"2.0","params":{"id":1,"s":"\\"id\\":2}"},"id":18446744073709551615,"method":"id","x":[{"id":3}]}',
    "18446744073709551615",
  ],
  ["one that is given twice", '{"jsonrpc":"2.0","id":1,"method":"ping","id":9007199254740995}', "9007199254740995"],
  ["one whose name is escaped", '{"jsonrpc":"2.0","\\u0069d":9007199254740992,"method":"ping"}', "9007199254740992"],
  ["more than any number", '{"jsonrpc":"2.0","id":1e400,"method":"ping"}', "null"],
  ["what is no number", '{"jsonrpc":"2.0","id":{"id":9007199254740993},"method":"ping"}', "null"],
])("%s", (_, json, id) => {
  expect(answerTo(json)).toBe(refusal(id));
});
