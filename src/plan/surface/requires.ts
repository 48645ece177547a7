/** `@requires orders:write` → the scopes that a caller must hold, all of them. */
import type { Config } from "../../config/config.js";
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { FunctionModel } from "../../model/api.js";
import { succeed, type Result } from "../../model/result.js";
import { findTag } from "./check-tags.js";

/** What a scope is made of (RFC 6749, section 3.3): all that is visible in ASCII, but for `"` and `\`. */
const scopeToken = /^[\x21\x23-\x5B\x5D-\x7E]+$/;

export function planScopes({ name, docs }: FunctionModel, { auth }: Config): Result<readonly string[]> {
  const tag = findTag(docs, "requires");
  // An empty one is told with the other tags.
  const written =
    tag?.text
      .trim()
      .split(/\s+/)
      .filter((word) => word !== "") ?? [];
  if (!tag || written.length === 0) return succeed([]);
  const { span } = tag;
  const scopes = [...new Set(written)];
  const odd = scopes.filter((scope) => !scopeToken.test(scope));
  const help = "write scopes such as `orders:write`, separated by spaces";
  const unchecked = `\`${name}\` requires scopes, but \`auth\` is false: they would not be checked`;
  return succeed(scopes, [
    ...odd.map((scope): Diagnostic => diagnostic("MG406", `\`${scope}\` cannot be a scope`, { span, help })),
    ...(auth === false ? [diagnostic("MG460", unchecked, { span })] : []),
  ]);
}
