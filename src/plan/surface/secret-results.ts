/** Members of results that are named like secrets: whatever is returned, the client and its model read. */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { Definition, FunctionModel } from "../../model/api.js";
import type { TypeNode } from "../../model/types.js";

type Definitions = Readonly<Record<string, Definition>>;

const secret =
  /^(?:.*(?:password|passwd|passphrase|secret|apikey|privatekey|accesskey)(?:hash|digest|salt)?|(?:access|auth|bearer|id|refresh|reset|session)?token(?:hash)?|(?:hashed|encrypted)?credentials?)$/;

/** One for each function: the first of them in the order of its members. A function that is named after it gives it out on purpose. */
export function warnOfSecrets({ name, result, span }: FunctionModel, definitions: Definitions): readonly Diagnostic[] {
  if (result.kind !== "servable") return [];
  const member = findSecret(result.type, { definitions, seen: new Set() });
  if (member === undefined || isAbout(name, member)) return [];
  return [diagnostic("MG541", `\`${name}\` returns \`${member}\`, which is named like a secret`, { span })];
}

interface Walk {
  readonly definitions: Definitions;
  readonly seen: Set<string>;
}

function findSecret(type: TypeNode, walk: Walk): string | undefined {
  switch (type.kind) {
    case "object":
      return firstOf(type.properties, ({ name, type: inner }) =>
        secret.test(plain(name)) && isText(inner) ? name : findSecret(inner, walk),
      );
    case "array":
    case "set":
      return findSecret(type.element, walk);
    case "record":
    case "map":
      return findSecret(type.value, walk);
    case "union":
      return firstOf(type.members, (member) => findSecret(member, walk));
    case "reference": {
      const definition = walk.definitions[type.name];
      if (!definition || walk.seen.has(type.name)) return undefined;
      walk.seen.add(type.name);
      return findSecret(definition.type, walk);
    }
    default:
      return undefined;
  }
}

/** `hasPassword` and a count of tokens tell nothing. */
function isText(type: TypeNode): boolean {
  return type.kind === "string" || (type.kind === "union" && type.members.some(isText));
}

function isAbout(name: string, member: string): boolean {
  const words = plain(name);
  const givesOut = /login|signin|signup|authenticate|authorize|token|secret|password|apikey|credential/;
  return givesOut.test(words) || words.includes(plain(member));
}

/** `api_key` and `apiKey` are one. */
function plain(name: string): string {
  return name.replace(/[-_]/g, "").toLowerCase();
}

function firstOf<Item>(items: readonly Item[], find: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
