/** The calls of a bench, as a client's messages: from the text of one to the text of its answer, within the process. */
import type { JsonObject } from "../runtime/call/tool-call.js";
import type { receive, Connection } from "../runtime/dispatch/connection.js";
import type { readMessage } from "../runtime/dispatch/message.js";
import type { Service } from "../runtime/dispatch/service.js";

/** A tool and the arguments that it is measured with. */
export interface BenchCall {
  readonly tool: string;
  readonly arguments: JsonObject;
  /** Where the arguments are from: the function's `@example`, or made up. */
  readonly origin: "example" | "sample";
  /** It has `@cache`. */
  readonly cached?: boolean;
  /** Why it is called only where it is named; absent where it is called anyway. */
  readonly named?: string;
}

/** Resolves with the text of the answer. */
export type Send = () => Promise<string>;

/** How a server takes messages: of its own runtime, of which there is one in a process. */
export interface Dispatch {
  readonly receive: typeof receive;
  readonly readMessage: typeof readMessage;
}

export function connectCalls(service: Service, { receive, readMessage }: Dispatch): (call: BenchCall) => Send {
  const connection: Connection = { service, transport: "pipe", push: ignore };
  service.audience?.join(connection);
  let id = 0;
  return (call) => {
    const params = JSON.stringify({ name: call.tool, arguments: call.arguments });
    return () =>
      new Promise((resolve) => {
        id += 1;
        const text = `{"jsonrpc":"2.0","id":${String(id)},"method":"tools/call","params":${params}}`;
        receive(connection, readMessage(text), { reply: (answer = "") => resolve(answer), notify: ignore });
      });
  };
}

function ignore(): void {
  // Nobody asks how far a measured call is.
}

/** What the answer says is wrong; undefined where nothing is. */
export function failureOf(answer: string): string | undefined {
  // An answer without either of these words is not read: a bench makes many calls.
  if (!answer.includes('"isError":true') && !answer.includes('"error":')) return undefined;
  const { error, result } = JSON.parse(answer) as Answer;
  if (error !== undefined) return error.message;
  if (result?.isError !== true) return undefined;
  return result.content?.map(({ text = "" }) => text).join(" ") ?? "";
}

interface Answer {
  readonly error?: { readonly message: string };
  readonly result?: { readonly isError?: boolean; readonly content?: readonly { readonly text?: string }[] };
}
