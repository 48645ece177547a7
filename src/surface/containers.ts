/** Whether each array or object of one schema is one of another, when the test of what lies within is given. */
import { escapeAt, type Compared, type Descend, type Escape } from "./escape.js";
import { leastOf, matchesPattern, mostOf } from "./scalars.js";
import { childOf, childrenOf, joinPath, membersOf, type Members, type SchemaNode } from "./schema-node.js";

export function arrayEscapes(compared: Compared, descend: Descend): readonly Escape[] {
  const { sub, sup, path } = compared;
  const most = mostOf(sub.schema, "maxItems");
  const isUnique = (node: SchemaNode) => node.schema["uniqueItems"] === true;
  const places = Math.max(childrenOf(sub, "prefixItems").length, childrenOf(sup, "prefixItems").length);
  const compareAt = (index: number, at: string): readonly Escape[] => {
    const [given, taken] = [itemAt(sub, index), itemAt(sup, index)];
    if (!given) return [];
    return taken ? descend(given, taken, `${path}[${at}]`) : [escapeAt(compared, "keyword", "items")];
  };
  const named = Array.from({ length: Math.min(places, most) }, (_, index) => compareAt(index, String(index)));
  return [
    ...(leastOf(sub.schema, "minItems") < leastOf(sup.schema, "minItems")
      ? [escapeAt(compared, "keyword", "minItems")]
      : []),
    ...(most > mostOf(sup.schema, "maxItems") ? [escapeAt(compared, "keyword", "maxItems")] : []),
    ...(isUnique(sup) && !isUnique(sub) && most > 1 ? [escapeAt(compared, "keyword", "uniqueItems")] : []),
    ...named.flat(),
    ...(most > places ? compareAt(places, "") : []),
  ];
}

function itemAt(node: SchemaNode, index: number): SchemaNode | undefined {
  return childrenOf(node, "prefixItems")[index] ?? childOf(node.root, node.schema["items"]);
}

export function objectEscapes(compared: Compared, descend: Descend): readonly Escape[] {
  const members = { sub: membersOf(compared.sub), sup: membersOf(compared.sup), path: compared.path };
  return [
    ...requiredEscapes(members),
    ...propertyEscapes(members, descend),
    ...patternEscapes(members, descend),
    ...additionalEscapes(members, descend),
    ...nameEscapes(members, descend),
  ];
}

interface ComparedMembers {
  readonly sub: Members;
  readonly sup: Members;
  readonly path: string;
}

function requiredEscapes({ sub, sup, path }: ComparedMembers): readonly Escape[] {
  return [...sup.required]
    .filter((name) => !sub.required.has(name))
    .map((name) => {
      const [before, after] = [sub.properties.get(name)?.schema, sup.properties.get(name)?.schema];
      return {
        path: joinPath(path, name),
        reason: { kind: "required", of: before ? "known" : "unknown" },
        ...(before && { sub: before }),
        ...(after && { sup: after }),
      };
    });
}

function propertyEscapes({ sub, sup, path }: ComparedMembers, descend: Descend): readonly Escape[] {
  return [...sub.properties].flatMap(([name, given]): readonly Escape[] => {
    const at = joinPath(path, name);
    const taken = schemasFor(sup, name);
    if (taken.length === 0) return [{ path: at, reason: { kind: "member" }, sub: given.schema }];
    return taken.flatMap((each) => descend(given, each, at));
  });
}

/** All that a member of this name has to satisfy; none where it may not be there. */
function schemasFor({ properties, patterns, additional }: Members, name: string): readonly SchemaNode[] {
  const own = properties.get(name);
  const matching = [...patterns].filter(([pattern]) => matchesPattern(pattern, name)).map(([, node]) => node);
  const found = [...(own ? [own] : []), ...matching];
  return found.length === 0 && additional ? [additional] : found;
}

/** A pattern that both have is one comparison; members of another may be any that `sup` knows. */
function patternEscapes({ sub, sup, path }: ComparedMembers, descend: Descend): readonly Escape[] {
  return [...sub.patterns].flatMap(([pattern, given]): readonly Escape[] => {
    const at = `${path}[/${pattern}/]`;
    const same = sup.patterns.get(pattern);
    const named = [...sup.properties].filter(([name]) => !sub.properties.has(name) && matchesPattern(pattern, name));
    return [
      ...(same ? descend(given, same, at) : othersEscapes({ sub, sup, path: at }, given, descend)),
      ...named.flatMap(([name, taken]) => descend(given, taken, joinPath(path, name))),
    ];
  });
}

function additionalEscapes({ sub, sup, path }: ComparedMembers, descend: Descend): readonly Escape[] {
  const given = sub.additional;
  if (!given) return [];
  const isOther = (name: string) =>
    !sub.properties.has(name) && ![...sub.patterns.keys()].some((pattern) => matchesPattern(pattern, name));
  const named = [...sup.properties].filter(([name]) => isOther(name));
  return [
    ...othersEscapes({ sub, sup, path: `${path}[]` }, given, descend),
    ...named.flatMap(([name, taken]) => descend(given, taken, joinPath(path, name))),
  ];
}

/** Of members that `sup` does not name, or only by patterns of its own. */
function othersEscapes({ sub, sup, path }: ComparedMembers, given: SchemaNode, descend: Descend): readonly Escape[] {
  const own = [...sup.patterns].filter(([pattern]) => !sub.patterns.has(pattern)).map(([, node]) => node);
  const rest: readonly Escape[] = sup.additional
    ? descend(given, sup.additional, path)
    : [{ path, reason: { kind: "others" }, sub: given.schema }];
  return [...rest, ...own.flatMap((taken) => descend(given, taken, path))];
}

function nameEscapes({ sub, sup, path }: ComparedMembers, descend: Descend): readonly Escape[] {
  const { names } = sup;
  if (!names) return [];
  const keys = [...sub.properties.keys()].filter(
    (name) => descend({ schema: { const: name }, root: names.root }, names, path).length > 0,
  );
  const refused = keys.map((name): Escape => ({ path: joinPath(path, name), reason: { kind: "member" } }));
  if (!sub.additional && sub.patterns.size === 0) return refused;
  const given = sub.names ?? { schema: { type: "string" }, root: names.root };
  // JSON has no other keys.
  const text = { schema: { type: "string", ...given.schema }, root: given.root };
  return [...refused, ...descend(text, names, `${path}[]`)];
}
