/** `accept` of mcpgen.json → what may stay, and what cannot be accepted. */
import { isCode, refuseAcceptance, type Acceptance } from "../diagnostics/accept.js";
import { succeed, type Result } from "../model/result.js";
import { spanOfSetting, type ConfigFile } from "./file.js";
import type { Settings } from "./schema.js";

type Accepted = NonNullable<Settings["accept"]>;

export function readAccept(accept: Accepted, file: ConfigFile | undefined): Result<readonly Acceptance[]> {
  const read = accept.map((entry, index) => {
    const isPlain = typeof entry === "string";
    const code = isPlain ? entry : entry.code;
    const path = ["accept", index, ...(isPlain ? [] : ["code"])];
    return { entry, code, problem: refuseAcceptance(code, file && spanOfSetting(file, path, "value")) };
  });
  return succeed(
    read.flatMap(({ entry, code, problem }): readonly Acceptance[] => {
      if (problem || !isCode(code)) return [];
      return [{ code, ...(typeof entry !== "string" && { where: { globs: entry.files } }) }];
    }),
    read.flatMap(({ problem }) => problem ?? []),
  );
}
