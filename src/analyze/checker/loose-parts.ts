/** Without null checks each part of a result may be null, and each member absent: no declared type rules it out. */
import type { TypeNode } from "../../model/types.js";

/** Its children are so already. What is one literal stays: it tells the members of a union apart. */
export function withAbsentParts(node: TypeNode): TypeNode {
  switch (node.kind) {
    case "array":
    case "set":
      return { ...node, element: orNull(node.element) };
    case "map":
      return { ...node, value: orNull(node.value) };
    case "record":
      return { ...node, value: orNull(node.value), sparse: true };
    case "tuple": {
      const elements = node.elements.map((element) => ({ ...element, type: orNull(element.type) }));
      return { ...node, elements, ...(node.rest && { rest: orNull(node.rest) }) };
    }
    case "object": {
      const properties = node.properties.map((property) =>
        isLiteral(property.type) ? property : { ...property, type: orNull(property.type), optional: true },
      );
      const additional = node.additional && { additional: orNull(node.additional), sparse: true as const };
      return { ...node, properties, ...additional };
    }
    default:
      return node;
  }
}

function orNull(type: TypeNode): TypeNode {
  if (isLiteral(type) || type.kind === "null" || type.kind === "unknown" || type.kind === "content") return type;
  if (type.kind !== "union") return { kind: "union", members: [type, { kind: "null" }] };
  const hasNull = type.members.some(({ kind }) => kind === "null");
  return hasNull ? type : { ...type, members: [...type.members, { kind: "null" }] };
}

function isLiteral({ kind }: TypeNode): boolean {
  return kind === "literal";
}
