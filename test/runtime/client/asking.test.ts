// Questions, log messages and changes with the official client, over both transports.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import {
  CreateMessageRequestSchema,
  ElicitationCompleteNotificationSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
  LoggingMessageNotificationSchema,
  type ClientCapabilities,
  type ElicitRequest,
  type ElicitResult,
  type LoggingMessageNotification,
} from "@modelcontextprotocol/sdk/types.js";
import { EmptyResultSchema as anything } from "@modelcontextprotocol/sdk/types.js";
import { openSession, rpc, send, urlOf } from "../support/http.js";
import { hello } from "../support/hello.js";
import { bundleSample, startServer, textOf } from "../support/subprocess.js";
import { program } from "./program.js";

let file: string;
let http: ReturnType<typeof startServer>;
let url: string;

beforeAll(async () => {
  file = await bundleSample("asking-test", program);
  http = startServer(file, { args: ["--http", "0"] });
  url = await urlOf(http);
}, 60_000);

afterAll(() => http.child.kill("SIGKILL"));

const everything: ClientCapabilities = { elicitation: { form: {}, url: {} }, sampling: {}, roots: {} };

const transports = {
  stdio: () => new StdioClientTransport({ command: process.execPath, args: [file], stderr: "ignore" }),
  http: () => new StreamableHTTPClientTransport(new URL(url)),
};

type Elicit = (params: ElicitRequest["params"], signal: AbortSignal) => ElicitResult | Promise<ElicitResult>;

const accept = (content: ElicitResult["content"]): Elicit => {
  return () => ({ action: "accept", content });
};

interface Options {
  readonly capabilities?: ClientCapabilities;
  readonly elicit?: Elicit;
}

describe.each(["stdio", "http"] as const)("over %s", (transport) => {
  async function connect({ capabilities = everything, elicit }: Options = {}) {
    const client = new Client({ name: "test", version: "1" }, { capabilities });
    if (elicit) client.setRequestHandler(ElicitRequestSchema, ({ params }, { signal }) => elicit(params, signal));
    await client.connect(transports[transport]());
    const call = async (name: string) => {
      const { content, isError } = await client.callTool({ name, arguments: {} });
      const [{ text }] = content as [{ text: string }];
      return { text, isError, json: (): unknown => JSON.parse(text) };
    };
    return { client, call };
  }

  test("a form is shown as it is written, and its answer is what the function gets", async () => {
    const asked: ElicitRequest["params"][] = [];
    const { client, call } = await connect({
      elicit: (params) => {
        asked.push(params);
        return { action: "accept", content: { street: "Main St", speed: "fast", extras: ["card"], more: "dropped" } };
      },
    });
    expect((await call("shipping")).json()).toEqual({
      action: "accept",
      content: { street: "Main St", speed: "fast", extras: ["card"] },
    });
    expect(asked).toMatchObject([
      {
        message: "Where to?",
        requestedSchema: {
          type: "object",
          properties: { street: { type: "string", minLength: 2 }, floor: { type: "integer", minimum: 0 } },
          required: ["street", "speed", "extras"],
        },
      },
    ]);
    expect(JSON.stringify(asked)).not.toContain("optional");
    await client.close();
  });

  test("an answer that does not fit names the field", async () => {
    const whole = { street: "Main St", speed: "fast", extras: [] };
    const wrong: readonly (readonly [ElicitResult["content"], string])[] = [
      [{ ...whole, street: "M" }, "`street` must have at least 2 characters"],
      [{ ...whole, floor: 1.5 }, "`floor` must be a whole number"],
      [{ ...whole, speed: "warp" }, "`speed` must be one of slow, fast"],
      [{ ...whole, extras: ["bow"] }, "`extras` must be a list of wrap, card"],
      [{ street: "Main St", speed: "fast" }, "`extras` is missing"],
      [undefined, "`street` is missing"],
    ];
    for (const [content, problem] of wrong) {
      const { client, call } = await connect({ elicit: accept(content) });
      expect(await call("shipping")).toMatchObject({
        isError: true,
        text: `The client's answer is not what was asked for: ${problem}.`,
      });
      await client.close();
    }
  });

  test("two questions at a time have answers of their own; declined and cancelled are values", async () => {
    const { client, call } = await connect({
      elicit: async ({ message }) => {
        if (message === "One?") await new Promise((resolve) => setTimeout(resolve, 20));
        return message === "One?" ? { action: "accept", content: { value: 1 } } : { action: "decline" };
      },
    });
    expect((await call("both")).json()).toEqual([{ action: "accept", content: { value: 1 } }, { action: "decline" }]);
    await client.close();
  });

  test("a page, and that it is done", async () => {
    const told: string[] = [];
    const ids: string[] = [];
    const { client, call } = await connect({
      elicit: (params) => {
        if (params.mode === "url") ids.push(params.elicitationId);
        return { action: params.mode === "url" && params.url === "https://example.com/sign-in" ? "accept" : "cancel" };
      },
    });
    client.setNotificationHandler(ElicitationCompleteNotificationSchema, ({ params }) => {
      told.push(params.elicitationId);
    });
    expect((await call("page")).text).toBe("accept");
    expect(ids).toHaveLength(1);
    expect(told).toEqual(ids);
    await client.close();
  });

  test("the model and the roots", async () => {
    const { client, call } = await connect();
    client.setRequestHandler(CreateMessageRequestSchema, ({ params }) => ({
      role: "assistant",
      model: "small",
      content: { type: "text", text: `${String(params.messages.length)} of ${String(params.maxTokens)}` },
    }));
    client.setRequestHandler(ListRootsRequestSchema, () => ({ roots: [{ uri: "file:///a", name: "a" }] }));
    expect((await call("sample")).text).toBe("small: 1 of 10");
    expect((await call("roots")).json()).toEqual([{ uri: "file:///a", name: "a" }]);
    await client.close();
  });

  test("the model asks for tools of the function's own, and gets what came of them", async () => {
    const { client, call } = await connect({ capabilities: { sampling: { tools: {} } } });
    const use = { type: "tool_use", id: "a", name: "weather", input: { city: "Bern" }, _meta: { cache: 1 } } as const;
    const asked: unknown[] = [];
    client.setRequestHandler(CreateMessageRequestSchema, ({ params: { messages, tools, toolChoice } }) => {
      asked.push({ messages, tools: tools?.map(({ name }) => name), toolChoice });
      const head = { role: "assistant", model: "small" } as const;
      if (asked.length === 1) return { ...head, content: [{ type: "text", text: "Hm." }, use], stopReason: "toolUse" };
      return { ...head, content: { type: "text", text: "Yes." }, stopReason: "endTurn" };
    });
    const content = [{ type: "text", text: "Hm." }, use];
    const done = [{ type: "text", text: "Yes." }];
    expect((await call("sampleTools")).json()).toEqual({
      content,
      last: { role: "assistant", model: "small", stopReason: "endTurn", content: done, text: "Yes.", toolUses: [] },
    });
    const question = { role: "user", content: { type: "text", text: "Coat?" } };
    const result = { type: "tool_result", toolUseId: "a", content: [{ type: "text", text: "Rain in Bern" }] };
    const turns = [question, { role: "assistant", content }, { role: "user", content: [result] }];
    expect(asked).toEqual([
      { messages: [question], tools: ["weather"], toolChoice: undefined },
      { messages: turns, tools: ["weather"], toolChoice: { mode: "none" } },
    ]);
    await client.close();
  });

  test("a client whose model takes no tools is not asked with tools, and is without", async () => {
    const { client, call } = await connect();
    client.setRequestHandler(CreateMessageRequestSchema, () => {
      return { role: "assistant", model: "small", content: { type: "text", text: "No." } };
    });
    expect(await call("sampleTools")).toMatchObject({
      isError: true,
      text: "This client cannot be asked: it has not declared the capability `sampling.tools`. Its model cannot be given tools.",
    });
    expect((await call("sample")).text).toBe("small: No.");
    await client.close();
  });

  test("what the client cannot be asked is refused before, and known before", async () => {
    const { client, call } = await connect({ capabilities: { elicitation: {} } });
    expect((await call("capabilities")).json()).toEqual({ elicitation: {} });
    for (const [name, capability] of [
      ["page", "elicitation.url"],
      ["sample", "sampling"],
      ["roots", "roots"],
    ] as const) {
      const { isError, text } = await call(name);
      expect(isError).toBe(true);
      expect(text).toContain(`This client cannot be asked: it has not declared the capability \`${capability}\`.`);
    }
    await client.close();
  });

  test("the client's error is told in its words", async () => {
    const { client, call } = await connect({
      elicit: () => {
        throw new Error("the window is closed");
      },
    });
    expect(await call("shipping")).toMatchObject({
      isError: true,
      text: expect.stringContaining("The client answered `elicitation/create` with an error: ") as string,
    });
    expect((await call("shipping")).text).toContain("the window is closed");
    await client.close();
  });

  test("a question ends with its call: left, out of time, or cancelled", async () => {
    const ended: string[] = [];
    const { client, call } = await connect({
      elicit: ({ message }, signal) =>
        new Promise((resolve) => {
          const end = (): void => {
            ended.push(message);
            resolve({ action: "cancel" });
          };
          // Where both arrive in one piece, it is called off before it is asked.
          if (signal.aborted) end();
          else signal.addEventListener("abort", end);
        }),
    });
    expect((await call("leave")).text).toBe("left");
    await expect.poll(() => ended).toEqual(["Nobody waits"]);
    expect((await call("hurried")).text).toContain("did not finish within 150 ms");
    await expect.poll(() => ended).toEqual(["Nobody waits", "Quick!"]);
    const controller = new AbortController();
    const cancelled = client.callTool({ name: "shipping", arguments: {} }, undefined, { signal: controller.signal });
    setTimeout(() => controller.abort("enough"), 100);
    await expect(cancelled).rejects.toThrow();
    // Over HTTP the stream of the call, on which that would be told, ends with it at the client.
    if (transport === "stdio") await expect.poll(() => ended).toContain("Where to?");
    await client.close();
  });

  test("log messages reach the client from the level that it sets on, without secrets", async () => {
    const { client, call } = await connect();
    const heard: LoggingMessageNotification["params"][] = [];
    client.setNotificationHandler(LoggingMessageNotificationSchema, ({ params }) => void heard.push(params));
    await call("talk");
    expect(heard).toEqual([]);
    await client.setLoggingLevel("info");
    await call("talk");
    expect(heard).toEqual([
      {
        level: "info",
        logger: "talk",
        data: { message: "token=[redacted]", password: "[redacted]", city: "Bern" },
      },
      { level: "warning", logger: "talk", data: { message: "careful", part: 1 } },
    ]);
    await client.setLoggingLevel("error");
    await call("talk");
    expect(heard).toHaveLength(2);
    await client.close();
  });

  test("changes are told to all, of a resource to those who have subscribed", async () => {
    const [first, second] = [await connect(), await connect()];
    const told = [first, second].map(({ client }) => {
      const methods: string[] = [];
      client.fallbackNotificationHandler = (notification) => {
        methods.push([notification.method, notification.params?.["uri"]].join(" ").trim());
        return Promise.resolve();
      };
      return methods;
    });
    expect(first.client.getServerCapabilities()).toMatchObject({ logging: {}, tools: { listChanged: true } });
    // The stream that is listened to between requests is open a moment after the connection.
    await new Promise((resolve) => setTimeout(resolve, 100));
    await first.client.request({ method: "resources/subscribe", params: { uri: "test://watched" } }, anything);
    await first.call("change");
    const lists = ["notifications/tools/list_changed", "notifications/resources/list_changed"];
    await expect.poll(() => told[0]).toEqual([...lists, "notifications/resources/updated test://watched"]);
    // Each process of stdio has one client.
    if (transport === "http") await expect.poll(() => told[1]).toEqual(lists);
    await first.client.request({ method: "resources/unsubscribe", params: { uri: "test://watched" } }, anything);
    await first.call("change");
    await expect.poll(() => told[0]).toHaveLength(5);
    await first.client.close();
    await second.client.close();
  });
});

/** Calls wait up to thirty seconds at the end: not for an answer that would not be read any more. */
describe("a question that is open at the end", () => {
  const client = { ...hello, capabilities: { elicitation: {} } };
  const gone = "This client cannot be asked anything more: the connection or the server is ending.";

  test.each(["the end of input", "SIGTERM"] as const)("fails over stdio at %s", async (end) => {
    const server = startServer(file);
    await server.request("initialize", client);
    const call = server.post("tools/call", { name: "shipping", arguments: {} });
    await server.until(() => server.messages().find(({ method }) => method === "elicitation/create"));
    if (end === "SIGTERM") server.child.kill(end);
    else server.child.stdin.end();
    expect(await server.exited).toBe(0);
    expect(textOf(await server.answerTo(call))).toBe(gone);
    expect(server.messages().map(({ method }) => method)).toContain("notifications/cancelled");
  });

  test("fails over HTTP at SIGTERM", async () => {
    const server = startServer(file, { args: ["--http", "0"] });
    const to = await urlOf(server);
    const { headers: opened } = await send(to, { body: rpc("initialize", client) });
    const headers = { "mcp-session-id": String(opened["mcp-session-id"]) };
    const call = send(to, { headers, body: rpc("tools/call", { name: "shipping", arguments: {} }) });
    await server.logged("asked: Where to?");
    server.child.kill("SIGTERM");
    expect((await call).text).toContain(gone);
    expect(await server.exited).toBe(0);
  });
});

test("of the streams that a session has open the last is told, and those before it when that has closed", async () => {
  const headers = await openSession(url);
  const listen = async (signal: AbortSignal, told: string[]): Promise<void> => {
    const response = await fetch(url, { headers: { ...headers, accept: "text/event-stream" }, signal });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    const read = async (): Promise<void> => {
      for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read())
        told.push(part.value);
    };
    read().catch(() => undefined);
  };
  const change = async (): Promise<unknown> =>
    send(url, { headers, body: rpc("tools/call", { name: "change", arguments: {} }) });
  const [first, second] = [new AbortController(), new AbortController()];
  const told: readonly [string[], string[]] = [[], []];
  await listen(first.signal, told[0]);
  await listen(second.signal, told[1]);
  await change();
  await expect.poll(() => told[1].join("")).toContain("notifications/tools/list_changed");
  expect(told[0].join("")).not.toContain("list_changed");
  second.abort();
  // The server hears a moment later that the stream is closed.
  await expect.poll(async () => (await change(), told[0].join(""))).toContain("notifications/tools/list_changed");
  first.abort();
});
