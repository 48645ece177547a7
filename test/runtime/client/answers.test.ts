// What comes back, and from whom: messages by hand, without a process.
import { expect, test } from "vitest";
import { abandon, receive, type Connection } from "../../../templates/runtime/dispatch/connection.js";
import { readMessage } from "../../../templates/runtime/dispatch/message.js";
import { createService } from "../../../templates/runtime/dispatch/service.js";
import { hello } from "../support/hello.js";
import type { Message } from "../support/subprocess.js";
import { server } from "./server.js";

interface ClientOptions {
  /** It has a session, or the process for itself. */
  readonly joins?: boolean;
  /** It reads an event stream beside its answers. */
  readonly listens?: boolean;
  readonly capabilities?: object;
}

async function open() {
  const service = createService(server, () => Promise.resolve(server));
  await service.load();
  return ({ joins = true, listens = true, capabilities = { elicitation: {} } }: ClientOptions = {}) => {
    const connection: Connection = { service, transport: "tcp" };
    const received: Message[] = [];
    const take = (text: string | undefined): void => {
      if (text !== undefined) received.push(JSON.parse(text) as Message);
    };
    if (joins) service.audience?.join(connection);
    const send = (message: object): void =>
      receive(connection, readMessage(JSON.stringify({ jsonrpc: "2.0", ...message })), {
        reply: take,
        ...(listens && { notify: take }),
      });
    send({ id: 0, method: "initialize", params: { ...hello, capabilities } });
    return {
      connection,
      received,
      send,
      call: (name: string) => send({ id: 1, method: "tools/call", params: { name, arguments: {} } }),
      request: (method: string, params: object) => {
        send({ id: 2, method, params });
        return received.findLast(({ id }) => id === 2);
      },
      answer: async () => expect.poll(() => received.find(({ id }) => id === 1)).toBeDefined(),
      find: async (method: string): Promise<Message> => {
        await expect.poll(() => received.find((each) => each.method === method)).toBeDefined();
        return received.find((each) => each.method === method) as Message;
      },
    };
  };
}

const content = { street: "Main St", speed: "fast", extras: [] };
const accepted = { action: "accept", content };

test("an answer belongs to the connection that was asked; others, and second ones, are ignored", async () => {
  const connect = await open();
  const [asked, other] = [connect(), connect()];
  asked.call("shipping");
  const { id } = await asked.find("elicitation/create");
  other.send({ id, result: { action: "cancel" } });
  asked.send({ id: "9-q0", result: { action: "cancel" } });
  asked.send({ id: 1, result: { action: "cancel" } });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(asked.received.find((each) => each.id === 1)).toBeUndefined();
  asked.send({ id, result: accepted });
  asked.send({ id, result: { action: "cancel" } });
  await asked.answer();
  expect(asked.received.at(-1)?.result.content).toEqual([{ type: "text", text: JSON.stringify(accepted) }]);
});

test("whatever is sent as an answer, the call has an answer that says what is wrong with it", async () => {
  const answers: readonly (readonly [object, string])[] = [
    [{ result: null }, "`action` is none of accept, decline and cancel"],
    [{ result: { action: "maybe" } }, "`action` is none of accept, decline and cancel"],
    [{ result: { action: "accept", content: [] } }, "`street` is missing"],
    [{ result: { action: "accept", content: { ...content, street: { toString: 1 } } } }, "`street` must be a string"],
    [{ error: { code: -1, message: "not now" } }, "with an error: not now"],
    [{ error: "no object" }, "with an error: unknown"],
  ];
  const connect = await open();
  for (const [answer, problem] of answers) {
    const client = connect();
    client.call("shipping");
    const { id } = await client.find("elicitation/create");
    client.send({ id, ...answer });
    await client.answer();
    expect(client.received.at(-1)?.result).toMatchObject({ isError: true });
    expect(client.received.at(-1)?.result.content[0]?.text).toContain(problem);
  }
});

test("whoever listens to nothing but answers, or has no session, is not asked and not told", async () => {
  const connect = await open();
  for (const options of [{ listens: false }, { joins: false }]) {
    const client = connect(options);
    client.call("shipping");
    await client.answer();
    expect(client.received.at(-1)?.result.content[0]?.text).toContain("This client cannot be asked anything");
  }
  const stranger = connect({ joins: false });
  expect(stranger.received[0]?.result).toMatchObject({ capabilities: { tools: {} } });
  expect(stranger.request("logging/setLevel", { level: "info" })?.error?.code).toBe(-32_601);
  expect(stranger.request("resources/subscribe", { uri: "test://watched" })?.error?.code).toBe(-32_601);
});

test("levels and subscriptions that are none are refused", async () => {
  const client = (await open())();
  expect(client.request("logging/setLevel", { level: "loud" })?.error).toMatchObject({
    code: -32_602,
    message: expect.stringContaining("notice") as string,
  });
  expect(client.request("resources/subscribe", { uri: 7 })?.error?.code).toBe(-32_602);
  expect(client.request("resources/subscribe", { uri: "test://watched" })?.result).toEqual({});
});

test("a lost connection ends what it was asked, and hears of no change", async () => {
  const connect = await open();
  const client = connect();
  const pushed: string[] = [];
  client.connection.push = (text) => void pushed.push(text);
  client.call("shipping");
  const { id } = await client.find("elicitation/create");
  abandon(client.connection, "gone");
  const cancelled = await client.find("notifications/cancelled");
  expect(cancelled.params).toEqual({ requestId: id, reason: "gone" });
  const other = connect();
  other.call("change");
  await other.answer();
  expect(pushed).toEqual([]);
});
