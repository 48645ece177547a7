/** A zod schema of the user's → what hands it the decoded value. */
import type { ProjectPlan } from "../../model/project/project.js";
import type { SchemaReference } from "../../model/types.js";
import { atom, call, type Code } from "../code/code.js";
import type { Module } from "../code/module.js";
import { importOfModule } from "../code/paths.js";

/** Imported beside the function, and called by what hands it the decoded value. */
export function ownSchemas(
  module: Module,
  project: ProjectPlan,
  folder = "generated/tools",
): (schema: SchemaReference) => Code {
  const runtime = folder === "generated" ? "./runtime" : "../runtime";
  return (schema) => {
    const checkedBy = module.use({ from: `${runtime}/codecs/checked-by.js`, name: "checkedBy" });
    const from = importOfModule(schema.module, project, folder);
    return call(checkedBy, [atom(module.use({ from, name: schema.export, suffix: "Schema" }), "word")]);
  };
}
