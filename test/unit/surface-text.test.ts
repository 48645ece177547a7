/** The parts of a surface's text: split off, or kept by who put them together. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { joinSurface, putTogether, splitSurface } from "../../src/model/project/surface-text.js";
import { repository } from "../support/fixtures/cases.js";

/** Surfaces of which no one has been split so far but the last two. */
const surfaces = ["shop", "conformance", "scaffold-full"].map((name) =>
  readFileSync(join(repository, `fixtures/${name}/expected/generated/surface.json`), "utf8"),
);

test.each(surfaces)("a surface is split at its tools, and joined again", (text) => {
  const parts = splitSurface(text);
  if (!parts) throw new Error("it is laid out as mcpgen does");
  const { tools } = JSON.parse(text) as { readonly tools: readonly object[] };
  expect(parts.tools.map((tool): unknown => JSON.parse(tool))).toEqual(tools);
  expect(joinSurface(parts)).toBe(text);
});

test.each(surfaces)("what is kept of a surface is what it would be split into", (text) => {
  const parts = splitSurface(text);
  // Two others: this one is forgotten.
  for (const other of surfaces.filter((each) => each !== text)) splitSurface(other);
  const forgotten = splitSurface(`${text} `);
  expect(putTogether(parts ?? { tools: [], tail: "" })).toBe(text);
  expect(splitSurface(text)).toEqual(parts);
  expect(forgotten?.tools).toEqual(parts?.tools);
});
