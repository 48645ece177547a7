/** Objects with a name that several files need → those that get a file of their own, `generated/types/<name>.ts`. */
import { lowerFirst } from "../../model/text.js";
import type { Definition } from "../../model/api.js";
import type { ServedPlan } from "../../model/plan.js";
import type { ProjectPlan } from "../../model/project/project.js";
import { childTypes, type ObjectNode, type TypeNode } from "../../model/types.js";
import { atom, type Code } from "../code/code.js";
import type { Module } from "../code/module.js";
import { createNames, toCamelCase } from "../code/names.js";
import type { DefinitionScope } from "../schemas/definitions.js";
import { ownSchemas } from "../schemas/own-schemas.js";
import type { ZodScope } from "../schemas/zod-scope.js";
import { chooseUnion } from "../schemas/zod-unions.js";
import { withChecked } from "./filled-code.js";
import { resultType } from "./result-type.js";
import type { ServedForm } from "./served-forms.js";

type Direction = ZodScope["direction"];

export interface SharedType {
  /** Of its file, without extension. */
  readonly file: string;
  /** What the file exports. */
  readonly constant: string;
  readonly direction: Direction;
  readonly type: ObjectNode;
  /** All that it says. */
  readonly key: string;
}

export interface SharedTypes {
  readonly all: readonly SharedType[];
  find(type: ObjectNode, direction: Direction): SharedType | undefined;
  /** Those that the file of one that is served refers to. */
  within(served: ServedPlan): readonly SharedType[];
  /** Those that another one refers to. */
  inside(type: SharedType): readonly SharedType[];
}

/** What one file has schemas of. */
export interface Use {
  readonly served: ServedPlan;
  readonly form: ServedForm;
}

interface Variant {
  readonly declared: string;
  readonly direction: Direction;
  readonly type: ObjectNode;
  /** How many files need it. */
  readonly count: number;
}

type Variants = ReadonlyMap<string, Variant>;

interface Collected {
  readonly variants: Variants;
  /** By file, the keys of what is met in it. */
  readonly met: readonly ReadonlySet<string>[];
}

/** Of two types with one name, and of one type with two sets of constraints, that which more files need. */
export function shareTypes(uses: readonly Use[], definitions: Readonly<Record<string, Definition>>): SharedTypes {
  const files = uses.map(rootsOf);
  const candidates = choose(collect(files, { definitions, isOwn: () => false }).variants);
  // What stands in no other file but that of a shared type is written there.
  const own = [...candidates.values()].map(({ type, direction }) => partsIn(type, direction));
  const { variants: counted, met } = collect([...files, ...own], { definitions, isOwn: (key) => candidates.has(key) });
  const constants = createNames();
  const shared = new Map(
    [...candidates]
      .filter(([key]) => (counted.get(key)?.count ?? 0) > 1)
      .map(([key, { declared, direction, type }]): [string, SharedType] => {
        const file = lowerFirst(toCamelCase(declared));
        const constant = constants.allocate(direction === "input" ? file : `${file}Result`, "Schema");
        return [key, { file, constant, direction, type, key }];
      }),
  );
  const places = new Map(uses.map(({ served }, index) => [served, met[index]]));
  const inner = new Map([...candidates.keys()].map((key, index) => [key, met[files.length + index]]));
  const sharedOf = (keys: ReadonlySet<string> | undefined) => [...(keys ?? [])].flatMap((key) => shared.get(key) ?? []);
  return {
    all: [...shared.values()],
    find: (type, direction) => shared.get(keyOf(type, direction)),
    within: (served) => sharedOf(places.get(served)),
    inside: ({ key }) => sharedOf(inner.get(key)),
  };
}

function choose(variants: Variants): Variants {
  const several = [...variants].filter(([, { count }]) => count > 1);
  const names = new Map<string, string>();
  const chosen = new Map<string, string>();
  // The sort is stable: of equals the first one met stays first.
  for (const [key, { declared, direction }] of several.toSorted(([, a], [, b]) => b.count - a.count)) {
    // Some file systems take two names that differ in case for one.
    const name = declared.toLowerCase();
    const place = `${direction} ${name}`;
    if ((names.get(name) ?? declared) !== declared || chosen.has(place)) continue;
    names.set(name, declared);
    chosen.set(place, key);
  }
  const keys = new Set(chosen.values());
  return new Map(several.filter(([key]) => keys.has(key)));
}

/** `folder`: of the shared types, as the file that asks for one sees it. */
export function referToShared(shared: SharedTypes, module: Module, folder: string) {
  return (type: ObjectNode, direction: Direction): Code | undefined => {
    const found = type.declared === undefined ? undefined : shared.find(type, direction);
    if (!found) return undefined;
    const local = module.use({ from: `${folder}/${found.file}.js`, name: found.constant, suffix: "Schema" });
    return atom(local, "word");
  };
}

interface SchemaParts extends Pick<DefinitionScope, "definitions"> {
  readonly project: ProjectPlan;
  readonly shared: SharedTypes;
}

/** How schemas name what they need in a file of this folder, as far as all such files do. */
export function schemaScope(
  module: Module,
  { definitions, project, shared }: SchemaParts,
  folder: "generated" | "generated/tools",
): DefinitionScope {
  const base = folder === "generated" ? "." : "..";
  const z = module.reserve({ from: "zod", name: "z" });
  return {
    module,
    definitions,
    get z() {
      return z();
    },
    codec: (name) => module.use({ from: `${base}/runtime/codecs/index.js`, name }),
    own: ownSchemas(module, project, folder),
    shared: referToShared(shared, module, `${base}/types`),
  };
}

type Root = readonly [TypeNode, Direction];

interface Search {
  readonly definitions: Readonly<Record<string, Definition>>;
  /** It has a file of its own, which is looked into by itself. */
  readonly isOwn: (key: string) => boolean;
}

/** `files`: by its roots, each file that schemas stand in. */
function collect(files: readonly (readonly Root[])[], { definitions, isOwn }: Search): Collected {
  const variants = new Map<string, Variant & { count: number }>();
  const all: Set<string>[] = [];
  for (const roots of files) {
    const met = new Set<string>();
    all.push(met);
    const visit = ({ key, type }: Keyed, direction: Direction): void => {
      if (met.has(key)) return;
      met.add(key);
      const known = variants.get(key);
      if (known) known.count += 1;
      else if (type.kind === "object") variants.set(key, { declared: type.declared ?? "", direction, type, count: 1 });
      if (isOwn(key)) return;
      const definition = type.kind === "reference" ? definitions[type.name]?.type : undefined;
      for (const inner of definition ? [definition] : []) visitAll(nearest(inner, direction), direction);
      visitAll(within(type, direction), direction);
    };
    const visitAll = (found: readonly Keyed[], direction: Direction): void => {
      for (const each of found) visit(each, direction);
    };
    for (const [root, direction] of roots) visitAll(nearest(root, direction), direction);
  }
  return { variants, met: all };
}

/** What can be met again. */
interface Keyed {
  readonly key: string;
  readonly type: TypeNode;
}

/** The type itself, if it can be met again, else what is met first in its parts. */
function nearest(type: TypeNode, direction: Direction): readonly Keyed[] {
  const key = keyIn(type, direction);
  return key === undefined ? within(type, direction) : [{ key, type }];
}

const parts: Readonly<Record<Direction, WeakMap<TypeNode, readonly Keyed[]>>> = {
  input: new WeakMap(),
  output: new WeakMap(),
};

/** The types of a function that is as it was are the same objects in the next build of this process. */
function within(type: TypeNode, direction: Direction): readonly Keyed[] {
  const known = parts[direction].get(type);
  if (known) return known;
  const found = partsOf(type, direction).flatMap((part) => nearest(part, direction));
  parts[direction].set(type, found);
  return found;
}

/** Of what can be met again. */
function keyIn(type: TypeNode, direction: Direction): string | undefined {
  if (type.kind === "reference") return `${direction} ${type.name}`;
  return type.kind === "object" && isShareable(type) ? keyOf(type, direction) : undefined;
}

function rootsOf({ served, form }: Use): readonly Root[] {
  const { type } = form.taken;
  const takesWhole = served.call.arguments.some(({ kind }) => kind === "all");
  const taken = [...(takesWhole ? [type] : []), ...childTypes(withChecked(type, served))];
  const result = resultType(form.checked);
  return [...taken.map((root) => [root, "input"] as const), ...(result ? [[result, "output"] as const] : [])];
}

/** Those that are written with the scope of their direction: the strict members of an output's union have one of their own. */
function partsIn(type: TypeNode, direction: Direction): readonly Root[] {
  return partsOf(type, direction).map((part) => [part, direction]);
}

function partsOf(type: TypeNode, direction: Direction): readonly TypeNode[] {
  if (type.kind !== "union") return childTypes(type);
  const values = type.members.filter((member) => member.kind !== "null" && member.kind !== "void");
  return values.length < 2 ? values : chooseUnion(values, type, direction).members;
}

/** A recursive type is declared where it is used. */
function isShareable(type: ObjectNode): boolean {
  return type.declared !== undefined && type.properties.length > 0 && !hasReference(type);
}

const referring = new WeakMap<TypeNode, boolean>();

function hasReference(type: TypeNode): boolean {
  const known = referring.get(type);
  if (known !== undefined) return known;
  const found = type.kind === "reference" || childTypes(type).some(hasReference);
  referring.set(type, found);
  return found;
}

const keys = new WeakMap<ObjectNode, Readonly<Record<Direction, string>>>();

function keyOf(type: ObjectNode, direction: Direction): string {
  let key = keys.get(type);
  if (key === undefined) {
    const text = JSON.stringify(type, (name, value: unknown) => (name === "origins" ? undefined : value));
    key = { input: `input ${text}`, output: `output ${text}` };
    keys.set(type, key);
  }
  return key[direction];
}
