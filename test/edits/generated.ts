/** Of an output, what each build writes anew, for comparing that of several builds with that of one. */
import { manifestPath } from "../../src/model/files.js";

export type Files = Readonly<Record<string, string>>;

/** Without what the manifest says was put into package.json and .env.example ever: a first build has no history. */
export function generatedOf(output: Files): Files {
  const history = /"(?:dependencies|variables)": \[[^\]]*\]/g;
  const files = Object.entries(output).filter(([path]) => path.startsWith("generated/"));
  return Object.fromEntries(
    files.map(([path, text]) => [path, path === manifestPath ? text.replaceAll(history, "") : text]),
  );
}
