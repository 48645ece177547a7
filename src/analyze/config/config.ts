/** The type of a parameter that is tagged `@config` → the variables that it is read from. */
import type { ts } from "ts-morph";
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { TypeKey } from "../../model/api.js";
import type { ConfigVariable } from "../../model/config.js";
import type { Span } from "../../model/span.js";
import type { Property } from "../../model/types.js";
import { tagRow } from "../../language/tags.js";
import type { CommentTag } from "../comments/comment.js";
import { isBuiltIn } from "../checker/built-in-types.js";
import { compiler } from "../checker/compiler.js";
import { isVariable, readMemberTags, readPrefix, toPrefix, type Enclosing } from "./config-tags.js";
import { commentOf } from "../comments/docs.js";
import { peek, rootScope, type Analysis, type Shape } from "../checker/analysis.js";
import { typeKey } from "../checker/keys.js";
import { memberComment, type MemberComment } from "../comments/member-docs.js";
import { describeMember } from "../types/members.js";
import type { Subject } from "../problems/problems.js";
import { orderedProperties } from "../checker/property-order.js";
import { symbolOf } from "../checker/symbols.js";
import { hasNull, hasUndefined } from "../checker/presence.js";

export interface ConfigDraft {
  readonly key: TypeKey;
  readonly span: Span;
  readonly members: readonly MemberDraft[];
  readonly diagnostics: readonly Diagnostic[];
  /** The places of the tags that only a configuration has: elsewhere they would say nothing. */
  readonly tags: readonly Span[];
}

export type MemberDraft = VariableDraft | GroupDraft;

/** A member whose type is still a draft. */
export interface VariableDraft {
  readonly kind: "variable";
  readonly subject: Subject;
  readonly variable: string;
  readonly secret: boolean;
  readonly optional: ConfigVariable["optional"];
  readonly property: Property;
  readonly shape: Shape;
}

export interface GroupDraft {
  readonly kind: "group";
  readonly name: string;
  readonly optional: boolean;
  readonly description?: string;
  readonly members: readonly MemberDraft[];
}

const drafts = new WeakMap<Analysis, Map<ts.Type, ConfigDraft>>();

/** All that were found so far, in the order in which they were met. */
export function configsOf(analysis: Analysis): Map<ts.Type, ConfigDraft> {
  let found = drafts.get(analysis);
  if (found === undefined) drafts.set(analysis, (found = new Map<ts.Type, ConfigDraft>()));
  return found;
}

/** Of `ShopConfig`, also where it stands as `Readonly<ShopConfig>` or `ShopConfig | undefined`. */
export function findConfig(analysis: Analysis, written: ts.Type): ConfigDraft | undefined {
  const type = withoutReadonly(analysis, analysis.checker.getNonNullableType(written));
  const found = taggedDeclaration(type);
  const known = found && configsOf(analysis).get(type);
  if (!found || known) return known;
  const key = typeKey(analysis, type);
  if (key === undefined) return undefined;
  const draft = readConfig(analysis, type, { ...found, key });
  configsOf(analysis).set(type, draft);
  return draft;
}

interface Found {
  readonly declaration: ts.InterfaceDeclaration | ts.TypeAliasDeclaration;
  readonly tag: CommentTag;
}

function taggedDeclaration(type: ts.Type): Found | undefined {
  for (const declaration of (type.aliasSymbol ?? symbolOf(type))?.declarations ?? []) {
    if (!compiler.isInterfaceDeclaration(declaration) && !compiler.isTypeAliasDeclaration(declaration)) continue;
    const tag = commentOf(declaration).tags.find(({ name }) => name === "config");
    if (tag) return { declaration, tag };
  }
  return undefined;
}

function withoutReadonly(analysis: Analysis, type: ts.Type): ts.Type {
  const { aliasSymbol: alias, aliasTypeArguments: [inner] = [] } = type;
  return inner && alias?.name === "Readonly" && isBuiltIn(analysis, alias) ? inner : type;
}

interface Named extends Found {
  readonly key: TypeKey;
}

function readConfig(analysis: Analysis, type: ts.Type, { key, declaration, tag }: Named): ConfigDraft {
  const { sources } = analysis;
  const file = declaration.getSourceFile();
  const { diagnostics, ...enclosing } = readPrefix({ ...tag, span: sources.spanOfRange(file, tag.range) });
  const walk: Walk = {
    analysis,
    fallback: declaration.name,
    diagnostics: [...diagnostics],
    tags: [],
    taken: new Map(),
  };
  const span = sources.spanOf(declaration.name);
  if (!isGroup(analysis, type)) {
    walk.diagnostics.push(diagnostic("MG230", `\`${key.name}\` is not an object with named members`, { span }));
    return { key, span, members: [], diagnostics: walk.diagnostics, tags: walk.tags };
  }
  const members = readMembers(walk, { type, path: key.name, above: [type], enclosing });
  return { key, span, members, diagnostics: walk.diagnostics, tags: walk.tags };
}

interface Walk {
  readonly analysis: Analysis;
  /** Where to point when a member is declared in a package. */
  readonly fallback: ts.Node;
  readonly diagnostics: Diagnostic[];
  readonly tags: Span[];
  /** By variable: the member that is read from it. */
  readonly taken: Map<string, { readonly path: string; readonly span: Span }>;
}

interface Group {
  readonly type: ts.Type;
  readonly path: string;
  /** The types that it lies in: one that contains itself has no end. */
  readonly above: readonly ts.Type[];
  readonly enclosing: Enclosing;
}

function readMembers(walk: Walk, group: Group): readonly MemberDraft[] {
  const scope = rootScope(walk.analysis, group.type, undefined);
  return orderedProperties(scope, group.type).flatMap((property) => readMember(walk, group, property));
}

function readMember(walk: Walk, { path: outer, above, enclosing }: Group, property: ts.Symbol): readonly MemberDraft[] {
  const { analysis } = walk;
  const { checker } = analysis;
  const name = compiler.unescapeLeadingUnderscores(property.escapedName);
  const type = checker.getTypeOfSymbol(property);
  // A brand is no member, and `a?: never` says that there is none.
  if (name.startsWith("__@") || type.flags & (compiler.TypeFlags.Never | compiler.TypeFlags.VoidLike)) return [];
  const path = `${outer}.${name}`;
  const place = placeOf(walk, property);
  const comment = memberComment(analysis, property) ?? { text: "", tags: [], isOwn: true };
  const { variable, secret, diagnostics } = readMemberTags(name, comment.tags, enclosing);
  walk.diagnostics.push(...diagnostics);
  walk.tags.push(...comment.tags.filter((tag) => tagRow(tag.name)?.on.includes("variable")).map(({ span }) => span));
  const isOptional = (property.flags & compiler.SymbolFlags.Optional) !== 0;
  const optional = isOptional ? "absent" : hasUndefined(type) && "undefined";
  const present = checker.getNonNullableType(type);
  if (above.includes(present)) {
    walk.diagnostics.push(diagnostic("MG230", `\`${path}\` contains itself`, { span: analysis.sources.spanOf(place) }));
    return [];
  }
  if (isGroup(analysis, present) && !hasNull(type)) {
    const inside = {
      type: present,
      path,
      above: [...above, present],
      enclosing: { prefix: toPrefix(variable), secret },
    };
    const description = comment.text === "" ? {} : { description: comment.text };
    return [{ kind: "group", name, optional: optional !== false, ...description, members: readMembers(walk, inside) }];
  }
  claim(walk, { variable, path, place, comment });
  const scope = rootScope(analysis, type, undefined);
  const described = describeMember({ ...scope, place }, property, { type, optional: optional !== false });
  const subject: Subject = { code: "MG230", name: outer, place };
  return [{ kind: "variable", subject, variable, secret, optional, property: described, shape: scope.shape }];
}

interface Claim {
  readonly variable: string;
  readonly path: string;
  readonly place: ts.Node;
  readonly comment: MemberComment;
}

/** Two members that are read from one variable are a slip, and so is one that is the system's own. */
function claim({ analysis, diagnostics, taken }: Walk, { variable, path, place, comment }: Claim): void {
  const span = analysis.sources.spanOf(place);
  const earlier = taken.get(variable);
  const isNamed = comment.tags.some(({ name }) => name === "env");
  if (!isVariable(variable) && !isNamed)
    diagnostics.push(diagnostic("MG231", `\`${path}\` cannot be made into a variable's name`, { span }));
  else if (earlier) {
    const notes = [{ message: `\`${earlier.path}\` is`, span: earlier.span }];
    diagnostics.push(
      diagnostic("MG231", `\`${path}\` is not the only member read from \`${variable}\``, { span, notes }),
    );
  } else if (ofSystem.has(variable) && !isNamed)
    diagnostics.push(diagnostic("MG232", `\`${path}\` would be read from the system's own \`${variable}\``, { span }));
  if (!earlier) taken.set(variable, { path, span });
}

/** Set on nearly every machine, and never meant by a member of that name. */
const ofSystem: ReadonlySet<string> = new Set([
  ...["PATH", "HOME", "USER", "SHELL", "PWD", "OLDPWD", "LANG", "TERM", "TMPDIR", "TEMP", "TMP", "EDITOR", "LOGNAME"],
  ...["HOSTNAME", "DISPLAY", "USERNAME", "OS", "NODE_ENV", "NODE_OPTIONS"],
]);

/** An object that is no more than its members. */
function isGroup(analysis: Analysis, type: ts.Type): boolean {
  const { Object: object, Intersection } = compiler.TypeFlags;
  if (!(type.flags & (object | Intersection)) || analysis.checker.getIndexInfosOfType(type).length > 0) return false;
  return peek(analysis, analysis.describe(rootScope(analysis, type, undefined), type)).kind === "object";
}

function placeOf({ analysis, fallback }: Walk, { valueDeclaration, declarations }: ts.Symbol): ts.Node {
  const declaration = valueDeclaration ?? declarations?.[0];
  const isOwn = declaration && analysis.sources.originOf(declaration.getSourceFile()).kind === "project";
  if (!isOwn) return fallback;
  return compiler.isPropertySignature(declaration) || compiler.isPropertyDeclaration(declaration)
    ? declaration.name
    : declaration;
}
