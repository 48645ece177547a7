/** The members of a union → two of them that JSON cannot tell apart, of which the first is taken whenever it fits. */
import { codecRow, type CodecKind } from "../../language/codecs.js";
import { isStringKeyed, type EnumNode, type LiteralNode, type TypeNode } from "../../model/types.js";
import { peek, type Analysis } from "../checker/analysis.js";

/** In the order of the union. What needs no decoding may well come first: the function takes it as it was sent. */
export function findAmbiguity(analysis: Analysis, members: readonly TypeNode[]): readonly [string, string] | undefined {
  const nodes = members.map((member) => peek(analysis, member));
  for (const [index, first] of nodes.entries()) {
    const second = nodes
      .slice(index + 1)
      .find((node) => clashes(first, node) || (isDecoded(first) && clashes(node, first)));
    if (second) return [nameOf(first), nameOf(second)];
  }
  return undefined;
}

function isDecoded({ kind }: TypeNode): boolean {
  return kind === "codec" || kind === "set" || kind === "map";
}

/** Only where a value is decoded does it matter which member it was meant for. */
function clashes(decoded: TypeNode, other: TypeNode): boolean {
  if (decoded.kind === "codec" && decoded.values && (other.kind === "literal" || other.kind === "enum"))
    return valuesOf(other).some((value) => decoded.values?.includes(String(value)));
  if (decoded.kind === "codec") return isFreeText(other) || clashesAsText(decoded.codec, other);
  if (decoded.kind === "set") return isList(other);
  if (decoded.kind === "map") return isStringKeyed(decoded) ? isObject(other) : isList(other);
  return false;
}

function clashesAsText(codec: CodecKind, other: TypeNode): boolean {
  const { alike } = codecRow(codec);
  return other.kind === "codec" ? alike.includes(other.codec) : other.kind === "number" && alike.includes("number");
}

function valuesOf(node: LiteralNode | EnumNode): readonly (string | number | boolean)[] {
  return node.kind === "literal" ? [node.value] : node.values;
}

function isFreeText(node: TypeNode): boolean {
  return (
    isAnyValue(node) ||
    (node.kind === "string" && node.constraints?.format === undefined && node.constraints?.pattern === undefined)
  );
}

function isList(node: TypeNode): boolean {
  return (
    isAnyValue(node) ||
    node.kind === "array" ||
    node.kind === "tuple" ||
    node.kind === "set" ||
    (node.kind === "map" && !isStringKeyed(node))
  );
}

function isAnyValue(node: TypeNode): boolean {
  return node.kind === "wide" && node.accepts === "value";
}

function isObject(node: TypeNode): boolean {
  return (
    node.kind === "wide" ||
    node.kind === "object" ||
    node.kind === "record" ||
    (node.kind === "map" && isStringKeyed(node))
  );
}

function nameOf(node: TypeNode): string {
  if (node.kind === "codec") return codecRow(node.codec).name;
  if (node.kind === "set" || node.kind === "map") return node.kind === "set" ? "Set" : "Map";
  return node.kind;
}
