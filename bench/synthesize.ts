/**
 * A number of functions → a folder of application code with as many exported functions: `sample/` with its
 * entity repeated under other names. The sample is real code, checked and linted with the rest.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const nouns = [
  "Order",
  "Invoice",
  "Customer",
  "Product",
  "Shipment",
  "Supplier",
  "Ticket",
  "Contract",
  "Vehicle",
  "Project",
];
const FUNCTIONS_PER_ENTITY = 10;

/** Writes `src/`, `package.json` and `tsconfig.json` into a folder. `count` is a multiple of ten. */
export function synthesizeProject(sample: string, folder: string, count: number): void {
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write("package.json", JSON.stringify({ name: "bench", version: "1.0.0", type: "module" }));
  write("tsconfig.json", JSON.stringify({ compilerOptions, include: ["src"] }));
  for (const file of ["paging.ts", "money.ts"]) write(`src/${file}`, readFileSync(join(sample, file), "utf8"));
  for (let index = 0; index < count / FUNCTIONS_PER_ENTITY; index += 1) {
    const name = entityName(index);
    for (const file of ["types.ts", "store.ts", "service.ts"]) {
      const text = readFileSync(join(sample, "entity", file), "utf8").replaceAll("Entity", name);
      write(`src/${name.charAt(0).toLowerCase()}${name.slice(1)}/${file}`, text);
    }
  }
}

function entityName(index: number): string {
  const round = Math.floor(index / nouns.length);
  return `${nouns[index % nouns.length] ?? ""}${round === 0 ? "" : String(round + 1)}`;
}

// No lib.dom and no @types: both sides would load them, and the ratio would say less about either.
const compilerOptions = {
  target: "ES2022",
  lib: ["ES2023"],
  types: [],
  module: "ESNext",
  moduleResolution: "Bundler",
  strict: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
};
