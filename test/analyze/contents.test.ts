/** MCP's content types in results: by declaration, and only as the result itself. */
import { describe, expect, it } from "vitest";
import { analyze, find, parameter, shown } from "./sources.js";

describe("content", () => {
  it.each([
    ["ImageContent", "<<ImageContent>>"],
    ["Promise<CallToolResult>", "<<CallToolResult>>"],
    ["TextContent[]", "<<TextContent>>[]"],
    ["(TextContent | ResourceLink)[]", "(<<TextContent>> | <<ResourceLink>>)[]"],
    ["TextContent | EmbeddedResource", "(<<TextContent>> | <<EmbeddedResource>>)"],
    ["[TextContent, AudioContent]", "(<<TextContent>> | <<AudioContent>>)[]"],
    ["TextContent | undefined", "(<<TextContent>> | void)"],
  ])("%s", (type, expected) => {
    const source = `import type { AudioContent, CallToolResult, EmbeddedResource, ImageContent, ResourceLink, TextContent } from "mcpgen";
export function f(): ${type} { return null!; }`;
    expect(shown(find(analyze(source), "f").result)).toBe(expected);
  });

  it("is told without an annotation", () => {
    const source = `import type { TextContent } from "mcpgen";\nconst make = (): TextContent => null!;\nexport const f = async () => [make()];`;
    expect(shown(find(analyze(source), "f").result)).toBe("<<TextContent>>[]");
  });

  it("is data beside data, and in parameters", () => {
    const source = `import type { TextContent } from "mcpgen";
export function f(text: TextContent): { text: TextContent } { return null!; }
export function g(): TextContent | string { return null!; }`;
    const analyzed = analyze(source);
    expect(shown(parameter(analyzed, "f").type)).toContain(`type: "text", text: string`);
    expect(shown(find(analyzed, "f").result)).toContain("{ text: {");
    expect(shown(find(analyzed, "g").result)).not.toContain("<<");
  });

  it("is not what only looks like it", () => {
    const source = `interface TextContent { type: "text"; text: string }\nexport function f(): TextContent { return null!; }`;
    expect(shown(find(analyze(source), "f").result)).toBe(`{ type: "text", text: string }`);
  });

  it("may come from the official SDK, where the return type is written", () => {
    const analyzed = analyze({
      "src/a.ts": `import type { ImageContent as Image } from "@modelcontextprotocol/sdk/types.js";\nexport async function f(): Promise<Image[]> { return null!; }`,
      "node_modules/@modelcontextprotocol/sdk/package.json": `{ "name": "@modelcontextprotocol/sdk", "version": "1.0.0" }`,
      "node_modules/@modelcontextprotocol/sdk/types.d.ts":
        "type Flat<T> = { [K in keyof T]: T[K] };\nexport type ImageContent = Flat<{ type: 'image'; data: string }>;",
    });
    expect(shown(find(analyzed, "f").result)).toBe("<<ImageContent>>[]");
  });
});
