/** Type keys as texts: the one that tells them apart, and the one that people read. */
import type { ExportReference, TypeKey } from "./api.js";

/** What two references to one thing have in common. */
export function referenceId({ module, export: name, member = "" }: ExportReference): string {
  return `${module}#${name}#${member}`;
}

export function keyId({ module, name, arguments: inner }: TypeKey): string {
  return `${module}#${keyName(name, inner.map(keyId))}`;
}

/** As it is written in the source: `Repo<User>`. */
export function keyText({ name, arguments: inner }: TypeKey): string {
  return keyName(name, inner.map(keyText));
}

function keyName(name: string, inner: readonly string[]): string {
  return inner.length === 0 ? name : `${name}<${inner.join(", ")}>`;
}

/** The language's and Node.js's own types. */
export function isGlobal(key: TypeKey): boolean {
  return key.module === "typescript" || key.module === "@types/node";
}

/** Whether it is a `Caller<T>`. Without a `T` of the user's own, any claims will do. */
export function namesClaims({ module, name, arguments: [claims] }: TypeKey): boolean {
  if (module !== "mcpgen" || name !== "Caller" || !claims) return false;
  return claims.module !== "mcpgen" || claims.name !== "Claims";
}
