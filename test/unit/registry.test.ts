/** server.json keeps to the registry's schema: the rules of 2025-12-11 that concern what we write. */
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { renderPackageJson } from "../../src/render/scaffold/package-file.js";
import { renderServerJson } from "../../src/render/scaffold/registry-file.js";
import type { ServerPlan } from "../../src/model/plan.js";
import { mergeJson } from "../../src/write/merge/json.js";
import { mergePackages } from "../../src/write/merge/package-json.js";
import { readCase } from "../support/fixtures/cases.js";
import { generateFiles } from "../support/fixtures/generate.js";
import { copyCase, emptySuite } from "../support/fixtures/workspace.js";

const text = (maxLength: number) => ({ type: "string", minLength: 1, maxLength });

const variable = {
  type: "object",
  required: ["name"],
  additionalProperties: false,
  properties: {
    name: { type: "string", pattern: "^[A-Z][A-Z0-9_]*$" },
    description: { type: "string" },
    isRequired: { type: "boolean" },
    isSecret: { type: "boolean" },
    default: { type: "string" },
  },
};

const npmPackage = {
  type: "object",
  required: ["registryType", "identifier", "version", "transport"],
  additionalProperties: false,
  properties: {
    registryType: { const: "npm" },
    identifier: { type: "string", pattern: "^(?:@[a-z0-9-][a-z0-9-._]*/)?[a-z0-9-][a-z0-9-._]*$" },
    version: { type: "string", minLength: 1, not: { const: "latest" } },
    transport: { type: "object", required: ["type"], properties: { type: { const: "stdio" } } },
    environmentVariables: { type: "array", items: variable },
  },
};

const accepts = new Ajv({ strict: true, strictRequired: false }).compile({
  type: "object",
  required: ["name", "description", "version"],
  additionalProperties: false,
  properties: {
    $schema: { const: "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json" },
    name: { type: "string", minLength: 3, maxLength: 200, pattern: "^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$" },
    title: text(100),
    description: text(100),
    version: text(255),
    packages: { type: "array", items: npmPackage },
  },
});

const found = readCase("config-registry");
const golden = found.expected?.get("server.json") ?? "";

test("the registry takes what a project has, and npm's package says whose it is", { timeout: 20_000 }, async () => {
  expect(accepts(JSON.parse(golden)), JSON.stringify(accepts.errors)).toBe(true);
  const server = JSON.parse(golden) as { name: string; packages: readonly { identifier: string }[] };
  const { files } = await generateFiles(copyCase(found, emptySuite("registry")), found.settings);
  const manifest: unknown = JSON.parse(files.find(({ path }) => path === "package.json")?.text ?? "");
  expect(manifest).toMatchObject({ mcpName: server.name, name: server.packages[0]?.identifier });
  expect(manifest).not.toHaveProperty("private");
  expect(manifest).toMatchObject({ bin: { orders: "dist/server.js" }, files: ["dist", "!dist/test"] });
});

const packages = { serving: ["zod"], testing: [] };
const project = { rootFromOutput: "..", source: "src", output: "server", packageManager: "npm" };
const unpublished = { name: "@acme/orders", project } as unknown as ServerPlan;
const published = { ...unpublished, registry: "io.github.acme/orders" };

test("a project without a name in the registry is packed by nobody", () => {
  const manifest = JSON.parse(renderPackageJson(unpublished, packages)) as { scripts: object };
  for (const member of ["bin", "files", "mcpName"]) expect(manifest).not.toHaveProperty(member);
  expect(manifest).toHaveProperty("private", true);
  expect(manifest.scripts).not.toHaveProperty("prepublishOnly");
});

test("one that gets its name later is published as a new one is, with what the user has made of it", () => {
  const base = renderPackageJson(unpublished, packages);
  const user = base.replace(
    '"type": "module",',
    '"type": "module",\n  "files": ["dist", "docs"],\n  "bin": { "own": "own.js" },',
  );
  const merged = mergePackages({ base, user, planned: renderPackageJson(published, packages) }, []);
  const manifest: unknown = JSON.parse(merged?.text ?? "");
  expect(manifest).toMatchObject({
    mcpName: "io.github.acme/orders",
    bin: { own: "own.js", orders: "dist/server.js" },
    files: ["dist", "docs"],
    scripts: { prepublishOnly: "npm run build" },
  });
  expect(manifest).not.toHaveProperty("private");
});

test("what the user takes out of a published project stays out", () => {
  const base = renderPackageJson(published, packages);
  const user = base.replace(/,\n\s*"prepublishOnly": "[^"]*"/, "").replace('"!dist/test"', '"docs"');
  const planned = base.replace('"zod"', '"pino"');
  const merged = mergePackages({ base, user, planned }, []);
  expect(merged?.conflicts).toEqual([]);
  expect(merged?.text).toContain('"docs"');
  expect(merged?.text).not.toContain("prepublishOnly");
});

test("a title and a description that are too long end at a word", () => {
  const long = "orders and parcels ".repeat(20);
  const plan = { name: "orders", registry: "io.github.acme/orders", title: long, description: long } as ServerPlan;
  const written = JSON.parse(renderServerJson(plan, new Set()) ?? "") as { description: string };
  expect(accepts(written), JSON.stringify(accepts.errors)).toBe(true);
  expect(written.description).toMatch(/(?:orders|and|parcels)…$/);
});

test("without a name in the registry there is none", () => {
  expect(renderServerJson({ name: "orders" } as ServerPlan, new Set())).toBeUndefined();
});

test("a version of the user's stays where a later build adds a variable and takes one out", () => {
  const user = golden.replaceAll('"0.1.0"', '"2.3.0"');
  const planned = golden.replaceAll("SHOP_RETRIES", "SHOP_PATIENCE").replace('"Orders"', '"All orders"');
  const merged = mergeJson({ base: golden, user, planned });
  expect(merged?.conflicts).toEqual([]);
  type Written = {
    title: string;
    version: string;
    packages: { version: string; environmentVariables: { name: string }[] }[];
  };
  const { title, version, packages } = JSON.parse(merged?.text ?? "") as Written;
  const [{ version: published, environmentVariables } = { version: "", environmentVariables: [] }] = packages;
  expect([title, version, published]).toEqual(["All orders", "2.3.0", "2.3.0"]);
  const names = environmentVariables.map(({ name }) => name);
  expect(names).toContain("SHOP_PATIENCE");
  expect(names).not.toContain("SHOP_RETRIES");
});
