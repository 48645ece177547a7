// What a project's own tests connect: a client of either line of the SDK that answers what it is asked.
import { expect, test } from "vitest";
import { connectTestClient as connectV1 } from "../../../templates/runtime/sdk-v1/testing.js";
import { connectTestClient as connectV2 } from "../../../templates/runtime/sdk-v2/testing.js";
import type { TestQuestion } from "../../../templates/runtime/testing/server.js";
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
  ["v1", connectV1],
  ["v2", connectV2],
])("a client of %s answers forms, samples and roots, and cannot be asked without answers", async (_, connect) => {
  const asked: string[] = [];
  const answer = ({ method }: TestQuestion): object => {
    asked.push(method);
    return answers[method] ?? {};
  };
  const client = await connect(server, {}, { answer });
  const textOf = async (name: string): Promise<unknown> => (await client.callTool({ name, arguments: {} })).content;
  const text = (value: string): unknown => [{ type: "text", text: value }];
  expect(await textOf("shipping")).toEqual(text(JSON.stringify({ action: "accept", content: shipping })));
  expect(await textOf("sample")).toEqual(text("small: Because."));
  expect(await textOf("roots")).toEqual(text(JSON.stringify(roots.roots)));
  expect(asked).toEqual(Object.keys(answers));
  await client.close();

  const silent = await connect(server);
  const outcome = await silent.callTool({ name: "roots", arguments: {} }).catch((error: unknown) => String(error));
  expect(JSON.stringify(outcome)).toContain("capability");
  await silent.close();
});
