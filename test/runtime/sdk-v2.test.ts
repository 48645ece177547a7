// The official client of the second line, in one process with the server: the newest revision, without a handshake.
import { expect, test } from "vitest";
import { connectTestClient } from "../../templates/runtime/sdk-v2/testing.js";
import { server, tools } from "./support/sample.js";

test("lists the surface and calls a tool in the newest revision", async () => {
  const client = await connectTestClient(server, {}, { caller: { id: "ann", scopes: [], claims: {} } });
  expect((await client.listTools()).tools.map((tool) => tool.name)).toEqual(tools.map((tool) => tool.name));
  expect(client.getNegotiatedProtocolVersion()).toBe("2026-07-28");
  expect(await client.callTool({ name: "add", arguments: { a: 1 } })).toMatchObject({
    content: [{ type: "text", text: "2" }],
  });
  await expect(client.callTool({ name: "nope" })).rejects.toMatchObject({ code: -32602 });
  await client.close();
});
