// The official client, in one process with the server.
import { expect, test } from "vitest";
import { connectTestClient } from "../../templates/runtime/sdk-v1/testing.js";
import { server, tools } from "./support/sample.js";

test("lists the surface and calls a tool", async () => {
  const client = await connectTestClient(server);
  expect((await client.listTools()).tools.map((tool) => tool.name)).toEqual(tools.map((tool) => tool.name));
  expect(client.getServerVersion()).toMatchObject({ name: "sample", version: "1.2.3" });
  expect(await client.callTool({ name: "add", arguments: { a: 1 } })).toEqual({
    content: [{ type: "text", text: "2" }],
  });
  await client.ping();
  await client.close();
});

test("decodes arguments and encodes results", async () => {
  const client = await connectTestClient(server);
  const structured = { at: "2026-01-31T09:30:00.000Z", year: 2026 };
  expect(await client.callTool({ name: "plan", arguments: { at: "2026-01-31T09:30:00Z" } })).toEqual({
    content: [{ type: "text", text: JSON.stringify(structured) }],
    structuredContent: structured,
  });
});

test("an unknown tool is a protocol error", async () => {
  const client = await connectTestClient(server);
  await expect(client.callTool({ name: "nope" })).rejects.toMatchObject({ code: -32602 });
});
