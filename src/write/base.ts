/** Where the output keeps what mcpgen last wrote of each scaffold file. It is committed: whoever builds merges with the same base. */
import { listFiles, workFolder } from "./paths.js";

export const baseName = "base";

const folder = `${workFolder}/${baseName}`;

/** No program takes it for what it is a copy of: git for a `.gitignore`, npm for a package. */
const ending = ".base";

export function basePath(path: string): string {
  return `${folder}/${path}${ending}`;
}

/** Of all that stand there, sorted. */
export function listBases(output: string): readonly string[] {
  return listFiles(output, folder).filter((path) => path.endsWith(ending));
}
