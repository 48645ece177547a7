/** The TypeScript that ts-morph bundles: the same instance that discovery made the program with. */
import { createRequire } from "node:module";
import type { ts } from "ts-morph";

const beside = createRequire(createRequire(import.meta.url).resolve("ts-morph"));

export const { ts: compiler } = beside("@ts-morph/common") as { readonly ts: typeof ts };
