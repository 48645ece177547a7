/** A random type → another that is like it: what an edit of a signature does to its types. */
import fc from "fast-check";
import type { ObjectNode, Property, TypeNode } from "../../src/model/types.js";

/** What becomes of a type or a member where an edit meets it. */
type Edit =
  "none" | "optional" | "required" | "nullable" | "textual" | "bounded" | "unbounded" | "shorter" | "longer" | "gone";

/** Everything that was taken is taken still. */
const widening: readonly Edit[] = ["none", "optional", "nullable", "unbounded", "longer"];
const anything: readonly Edit[] = [...widening, "required", "textual", "bounded", "shorter", "gone"];

/** The edits are used up in the order of the places that they meet. */
export const randomEdits: fc.Arbitrary<readonly Edit[]> = editsOf(anything);
export const wideningEdits: fc.Arbitrary<readonly Edit[]> = editsOf(widening);

function editsOf(kinds: readonly Edit[]): fc.Arbitrary<readonly Edit[]> {
  const some = fc.constantFrom(...kinds);
  return fc.array(fc.oneof({ weight: 3, arbitrary: fc.constant<Edit>("none") }, { weight: 2, arbitrary: some }), {
    minLength: 6,
    maxLength: 6,
  });
}

export function editType(type: ObjectNode, edits: readonly Edit[]): ObjectNode {
  let used = 0;
  const next = (): Edit => edits[used++ % edits.length] ?? "none";

  const editMembers = (node: ObjectNode): ObjectNode => {
    const properties = node.properties.flatMap((property) => editProperty(property, next()));
    const isNew = next() === "longer" && !properties.some(({ name }) => name === "added");
    const added: Property = { name: "added", optional: true, type: { kind: "boolean" } };
    return { ...node, properties: isNew ? [...properties, added] : properties };
  };

  const editProperty = (property: Property, edit: Edit): readonly Property[] => {
    if (edit === "gone") return [];
    const optional = edit === "optional" || (property.optional && edit !== "required");
    return [{ ...property, optional, type: editNode(property.type, edit) }];
  };

  const editNode = (node: TypeNode, edit: Edit): TypeNode => {
    if (edit === "nullable" && node.kind !== "null" && node.kind !== "union" && node.kind !== "wide")
      return { kind: "union", members: [node, { kind: "null" }] };
    if (edit === "textual") return { kind: "string" };
    if (node.kind === "object") return editMembers(node);
    if (node.kind === "array") return { ...node, element: editNode(node.element, next()) };
    if (node.kind === "record") return { ...node, value: editNode(node.value, next()) };
    if (node.kind === "tuple" && edit === "shorter" && node.elements.length > 1)
      return { ...node, elements: node.elements.slice(0, -1) };
    if (node.kind === "enum" && edit === "longer") return { ...node, values: [...node.values, "one more"] };
    if (node.kind === "enum" && edit === "shorter") return { ...node, values: node.values.slice(0, 1) };
    if (edit === "unbounded" && (node.kind === "string" || node.kind === "number")) return { kind: node.kind };
    if (edit !== "bounded") return node;
    if (node.kind === "string") return { kind: "string", constraints: { minLength: 1, maxLength: 5 } };
    return node.kind === "number" ? { kind: "number", constraints: { integer: true, minimum: 0 } } : node;
  };

  return editMembers(type);
}
