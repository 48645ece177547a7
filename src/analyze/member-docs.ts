/** The comment of a property → its description, deprecation and examples. */
import type { ts } from "ts-morph";
import type { Property } from "../model/types.js";
import { commentOf } from "./docs.js";
import type { Analysis } from "./graph.js";
import { flattenLinks } from "./links.js";

type Documented = Pick<Property, "description" | "deprecated">;

export function memberDocs(_analysis: Analysis, property: ts.Symbol): Documented {
  const comment = (property.declarations ?? []).map(commentOf).find(({ text, tags }) => text !== "" || tags.length > 0);
  if (comment === undefined) return {};
  const description = flattenLinks(comment.text);
  return {
    ...(description !== "" && { description }),
    ...(comment.tags.some(({ name }) => name === "deprecated") && { deprecated: true }),
  };
}
