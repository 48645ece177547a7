// The defaults of a tool's arguments, which the function applies itself: leaving one out and stating it is the same call.
import { propertiesOf, type JsonSchema } from "../arguments/json-schema.js";
import type { JsonObject } from "../call/tool-call.js";

export function defaultsOf(inputSchema: JsonSchema): JsonObject {
  const properties = Object.entries(propertiesOf(inputSchema));
  return Object.fromEntries(
    properties.flatMap(([name, schema]) => ("default" in schema ? [[name, schema["default"]]] : [])),
  );
}
