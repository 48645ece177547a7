/** What is asked for beside mcpgen.json. */
import type { PackageManager } from "../model/project/package-manager.js";

/** What the command line may say; paths relative to `cwd`. It wins over mcpgen.json. */
export interface ConfigRequest {
  readonly cwd: string;
  readonly configFile?: string | undefined;
  /** A folder, or files and folders of which the functions are served. */
  readonly source?: string | readonly string[] | undefined;
  readonly output?: string | undefined;
  readonly name?: string | undefined;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly expose?: string | undefined;
  readonly naming?: string | undefined;
  readonly sdk?: string | undefined;
  readonly exclude?: readonly string[] | undefined;
  readonly functions?: readonly string[] | undefined;
  readonly tsconfig?: string | undefined;
  /** Who installs a project that has no lock file yet. */
  readonly packageManager?: PackageManager | undefined;
}
