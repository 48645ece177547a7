/**
 * Exported classes → those that are providers: tagged `@provider`, listed in a set, owners of tools, or needed. What is
 * needed is made by itself where a class of tools needs it, or where a decorator calls it `@Injectable()`; a function
 * that makes it, or a binding, comes first.
 */
import type { ts } from "ts-morph";
import type { ExportedClass } from "../../discover/index.js";
import type { CandidateModel, TypeKey } from "../../model/api.js";
import { keyId } from "../../model/keys.js";
import type { Analysis } from "../checker/analysis.js";
import { compiler } from "../checker/compiler.js";
import { typeKey } from "../checker/keys.js";
import { commentOf } from "../comments/docs.js";
import { canBeMade, placeOf, readClass } from "./class-provider.js";
import type { ReadProvider } from "./providers.js";
import type { ReadSets } from "./sets.js";

export interface Wanting {
  readonly sets: ReadSets;
  /** What functions make. */
  readonly made: readonly ReadProvider[];
  /** Of the functions that are served. */
  readonly needed: readonly TypeKey[];
  /** The classes whose methods are tools. */
  readonly owners: readonly ExportedClass[];
}

export interface ReadClasses {
  readonly made: readonly ReadProvider[];
  /** Those that could be made and are not. */
  readonly candidates: readonly CandidateModel[];
}

interface Reading {
  readonly analysis: Analysis;
  readonly byKey: ReadonlyMap<string, ExportedClass>;
  /** What has a provider, or a binding. */
  readonly provided: Set<string>;
  readonly found: ReadProvider[];
}

export function readClasses(analysis: Analysis, { sets, made, needed, owners }: Wanting): ReadClasses {
  const { classes } = analysis.sources;
  const keyed = classes.flatMap((each) => {
    const key = keyOf(analysis, each);
    return key ? [{ key, exported: each }] : [];
  });
  const byKey = new Map(keyed.map(({ key, exported }) => [keyId(key), exported]));
  const provided = new Set([
    ...made.flatMap(({ provider }) => (provider ? [keyId(provider.produces)] : [])),
    ...sets.bindings.map((binding) => keyId(binding.interface)),
  ]);
  const reading: Reading = { analysis, byKey, provided, found: [] };
  const chosen = classes.filter((each) => isProvider(each) || sets.listed.has(each.symbol));
  const explicit = chosen.map((each) => readClass(analysis, each));
  for (const { provider } of explicit) if (provider) provided.add(keyId(provider.produces));
  for (const key of owners.flatMap((each) => keyOf(analysis, each) ?? [])) make(reading, { key, by: "owner" });
  const others = [
    ...[...explicit, ...made].flatMap((each) => (each.needed ?? []).map(({ key }) => key)),
    ...sets.bindings.map(({ concrete }) => concrete),
    ...needed,
  ];
  for (const key of others) make(reading, { key, by: "need" });
  const candidates = keyed
    .filter(({ key, exported }) => !provided.has(keyId(key)) && canBeMade(analysis, exported))
    .map(({ key, exported }) => ({ key, span: analysis.sources.spanOf(placeOf(exported.declaration)) }));
  return { made: [...explicit, ...reading.found], candidates };
}

interface Wanted {
  readonly key: TypeKey;
  /** `owner`: its methods are tools. `tools`: such a class needs it, or what that needs. `need`: something else does. */
  readonly by: "owner" | "tools" | "need";
}

function make(reading: Reading, { key, by }: Wanted): void {
  const { analysis, byKey, provided, found } = reading;
  const id = keyId(key);
  const exported = byKey.get(id);
  if (!exported || provided.has(id)) return;
  if (by !== "owner" && !canBeMade(analysis, exported)) return;
  if (by === "need" && !isInjectable(exported.declaration)) return;
  provided.add(id);
  const read = readClass(analysis, exported);
  found.push(read.provider ? { ...read, provider: { ...read.provider, implied: true } } : read);
  for (const needed of read.needed ?? []) make(reading, { key: needed.key, by: by === "need" ? "need" : "tools" });
}

function keyOf(analysis: Analysis, { symbol }: ExportedClass): TypeKey | undefined {
  return typeKey(analysis, analysis.checker.getDeclaredTypeOfSymbol(symbol));
}

function isProvider({ declaration }: ExportedClass): boolean {
  const { tags } = commentOf(declaration);
  const has = (tag: string): boolean => tags.some(({ name }) => name === tag);
  return has("provider") && !has("internal") && !has("ignore");
}

/** By the decorator's name, whichever library it is of: it is not run here. */
function isInjectable(declaration: ts.ClassDeclaration): boolean {
  return (compiler.getDecorators(declaration) ?? []).some(({ expression }) => {
    const called = compiler.isCallExpression(expression) ? expression.expression : expression;
    const name = compiler.isPropertyAccessExpression(called) ? called.name : called;
    return compiler.isIdentifier(name) && name.text === "Injectable";
  });
}
