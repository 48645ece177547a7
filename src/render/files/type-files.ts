/** Types that several files need → generated/types/<name>.ts: as tools take them, as they give them, or both. */
import type { KnownFile } from "../../model/files.js";
import type { ProjectPlan } from "../../model/project/project.js";
import { layOut } from "../code/layout.js";
import { createModule } from "../code/module.js";
import { lineComment } from "../code/text.js";
import { textWidth } from "../code/width.js";
import { fillFrame } from "../frames/frames.js";
import { objectToZod } from "../schemas/zod-schema.js";
import type { ZodScope } from "../schemas/zod-scope.js";
import { ownSchemas } from "../schemas/own-schemas.js";
import { referToShared, type SharedType, type SharedTypes } from "./shared-types.js";

/** By the name of its file, without extension. */
export function listTypes(shared: SharedTypes): ReadonlyMap<string, readonly SharedType[]> {
  const files = [...new Set(shared.all.map(({ file }) => file))];
  return new Map(files.map((name) => [name, shared.all.filter(({ file }) => file === name).toSorted(byDirection)]));
}

/** What is taken before what is given, as in a tool's own file. */
function byDirection(a: SharedType, b: SharedType): number {
  return Number(a.direction === "output") - Number(b.direction === "output");
}

interface Parts {
  readonly shared: SharedTypes;
  readonly project: ProjectPlan;
}

export function renderType(name: string, types: readonly SharedType[], { shared, project }: Parts): KnownFile {
  const module = createModule(types.map(({ constant }) => constant));
  const z = module.use({ from: "zod", name: "z" });
  const refer = referToShared(shared, module, ".");
  const schemas = types.map(({ constant, direction, type }) => {
    const scope: ZodScope = {
      direction,
      z,
      codec: (codec) => module.use({ from: "../runtime/codecs/index.js", name: codec }),
      own: ownSchemas(module, project),
      shared: (inner) => refer(inner, direction),
      reference: (reference) => {
        throw new Error(`${reference} is recursive, and declared where it is used`);
      },
    };
    const head = `export const ${constant} = `;
    const code = objectToZod(type, scope);
    return `${head}${layOut(code, { indent: 0, column: textWidth(head), rest: 1 })};`;
  });
  const [declared = name] = types.map(({ type }) => type.declared);
  const text = fillFrame("type.ts", { declared: lineComment(declared), imports: module.imports(), schemas });
  return { text, imports: module.specifiers() };
}
