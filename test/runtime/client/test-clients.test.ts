// What a project's own tests connect: a client of either line of the SDK that answers what it is asked.
import { expect, test } from "vitest";
import { connectTestClient as connectV1 } from "../../../templates/runtime/sdk-v1/testing.js";
import { connectTestClient as connectV2 } from "../../../templates/runtime/sdk-v2/testing.js";
import type { TestQuestion } from "../../../templates/runtime/testing/server.js";
import { createSessions } from "../../../templates/runtime/http/sessions.js";
import { server } from "./server.js";

const shipping = { street: "High Street", speed: "fast", extras: ["card"] };
const model = { role: "assistant", model: "small", content: { type: "text", text: "Because." } };
const roots = { roots: [{ uri: "file:///work" }] };

const answers: Readonly<Record<string, object>> = {
  "elicitation/create": { action: "accept", content: shipping },
  "sampling/createMessage": model,
  "roots/list": roots,
};

test.each([
  ["v1", "memory", connectV1],
  ["v2", "memory", connectV2],
  ["v1", "http", connectV1],
  ["v2", "http", connectV2],
] as const)(
  "a client of %s answers forms, samples and roots over %s, and cannot be asked without answers",
  async (_, transport, connect) => {
    const asked: string[] = [];
    const answer = ({ method }: TestQuestion): object => {
      asked.push(method);
      return answers[method] ?? {};
    };
    const client = await connect(server, {}, { answer, transport, sessions: createSessions });
    const textOf = async (name: string): Promise<unknown> => (await client.callTool({ name, arguments: {} })).content;
    const text = (value: string): unknown => [{ type: "text", text: value }];
    expect(await textOf("shipping")).toEqual(text(JSON.stringify({ action: "accept", content: shipping })));
    expect(await textOf("sample")).toEqual(text("small: Because."));
    expect(await textOf("roots")).toEqual(text(JSON.stringify(roots.roots)));
    expect(asked).toEqual(Object.keys(answers));
    await client.close();

    const silent = await connect(server, {}, { transport, sessions: createSessions });
    const outcome = await silent.callTool({ name: "roots", arguments: {} }).catch((error: unknown) => String(error));
    expect(JSON.stringify(outcome)).toContain("capability");
    await silent.close();
  },
);

test.each([
  ["v1", connectV1],
  ["v2", connectV2],
])("a client of %s answers forms and samples each by a handler of their own", async (_, connect) => {
  const forms: unknown[] = [];
  const client = await connect(
    server,
    {},
    {
      elicit: ({ message }) => {
        forms.push(message);
        return { action: "accept", content: shipping };
      },
      sample: () => model,
    },
  );
  const call = async (name: string): Promise<string> =>
    JSON.stringify(await client.callTool({ name, arguments: {} }).catch((error: unknown) => String(error)));
  expect(await call("shipping")).toContain("High Street");
  expect(await call("sample")).toContain("small: Because.");
  expect(await call("roots")).toContain("capability");
  expect(forms).toEqual(["Where to?"]);
  await client.close();
});

test.each([
  ["v1", connectV1],
  ["v2", connectV2],
])("a client of %s says that it can what it is told to say", async (_, connect) => {
  const client = await connect(server, {}, { capabilities: { sampling: {} }, answer: () => model });
  const call = async (name: string): Promise<string> =>
    JSON.stringify(await client.callTool({ name, arguments: {} }).catch((error: unknown) => String(error)));
  expect(await call("sample")).toContain("small: Because.");
  expect(await call("shipping")).toContain("capability");
  await client.close();
});

test.each([
  ["legacy", "2025-11-25"],
  ["modern", "2026-07-28"],
] as const)("a client of v2 speaks the revisions of the era %s", async (era, revision) => {
  const client = await connectV2(server, {}, { era });
  expect(client.getNegotiatedProtocolVersion()).toBe(revision);
  await client.close();
});

test.each([
  ["legacy", "`sampling.tools`"],
  ["modern", '{"requiredCapabilities":{"sampling":{"tools":{}}}}'],
] as const)("a model that asks for tools is asked again, in the era %s", async (era, lacking) => {
  const use = { type: "tool_use", id: "a", name: "weather", input: { city: "Bern" } };
  let asked = 0;
  const sample = (): object => {
    asked += 1;
    return asked === 1 ? { ...model, content: [use], stopReason: "toolUse" } : model;
  };
  const client = await connectV2(server, {}, { era, sample });
  const { content } = await client.callTool({ name: "sampleTools", arguments: {} });
  const last = { role: "assistant", model: "small", content: [model.content], text: "Because.", toolUses: [] };
  const [{ text }] = content as unknown as [{ text: string }];
  expect(JSON.parse(text)).toEqual({ content: [use], last });
  expect(asked).toBe(2);
  await client.close();

  const without = await connectV2(server, {}, { era, sample, capabilities: { sampling: {} } });
  const outcome: unknown = await without
    .callTool({ name: "sampleTools", arguments: {} })
    .catch((error: unknown) => (error as { readonly data: unknown }).data);
  expect(JSON.stringify(outcome)).toContain(lacking);
  await without.close();
});

test.each([
  ["v1", connectV1],
  ["v2", connectV2],
])("a client of %s refuses what does not reach a process of the server's own", async (_, connect) => {
  const caller = { id: "ann", scopes: [], claims: {} };
  const over = { transport: "stdio" } as const;
  await expect(connect(server, { stock: {}, users: {} }, over)).rejects.toThrow(
    "where `stock`, `users` cannot take the place of what it makes",
  );
  await expect(connect(server, {}, { ...over, caller })).rejects.toThrow("A server over stdio has no callers");
  await expect(connect(server, {}, over)).rejects.toThrow("The server is not bundled beside this test");
});
