/** Where a file comes from: the user's project, mcpgen's contracts, the language's libraries, Node.js, or a package. */
import type { ts } from "ts-morph";
import { toRelative } from "./disk/spans.js";

export type Origin =
  | { readonly kind: "project"; readonly path: string }
  | { readonly kind: "contracts" }
  | { readonly kind: "library" }
  | { readonly kind: "node" }
  | { readonly kind: "package"; readonly name: string };

export interface OriginRules {
  readonly root: string;
  /** Folders, with a slash at the end. */
  readonly contractsFolder: string;
  readonly libraryFolder: string;
}

export function fileOrigin(rules: OriginRules, file: ts.SourceFile): Origin {
  const { fileName } = file;
  if (fileName.startsWith(rules.contractsFolder)) return { kind: "contracts" };
  if (fileName.startsWith(rules.libraryFolder)) return { kind: "library" };
  const name = packageName(fileName);
  if (name === undefined) return { kind: "project", path: toRelative(rules.root, fileName) };
  if (name === "@types/node") return { kind: "node" };
  return { kind: "package", name: withoutTypesScope(name) };
}

/** `…/node_modules/@scope/name/index.d.ts` → `@scope/name`. */
export function packageName(fileName: string): string | undefined {
  const at = fileName.lastIndexOf("/node_modules/");
  if (at === -1) return undefined;
  const [first = "", second = ""] = fileName.slice(at + "/node_modules/".length).split("/");
  return first.startsWith("@") ? `${first}/${second}` : first;
}

/** `@types/pg` describes `pg`; `@types/acme__http` describes `@acme/http`. */
function withoutTypesScope(name: string): string {
  if (!name.startsWith("@types/")) return name;
  const bare = name.slice("@types/".length);
  return bare.includes("__") ? `@${bare.replace("__", "/")}` : bare;
}
