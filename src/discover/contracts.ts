/** Where `import type { … } from "mcpgen"` leads: the contracts of this package, whether or not the user's project has installed it. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { toSlashes } from "./disk/files.js";

const contracts = "templates/runtime/contracts/index.ts";

/** Found from this very file upwards, because the built package has another depth than the source. */
export function contractsFile(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const candidate = join(folder, contracts);
    if (existsSync(candidate)) return toSlashes(candidate);
    if (folder === dirname(folder)) throw new Error(`${contracts} is missing from this installation of mcpgen`);
  }
}

/** The Node.js types that mcpgen itself depends on. */
export function ownNodeTypes(): string {
  return toSlashes(join(dirname(createRequire(import.meta.url).resolve("@types/node/package.json")), "index.d.ts"));
}
