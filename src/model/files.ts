/** What is to stand on disk, and what has to change for it. */
export interface OutputFile {
  /** Relative to the output folder, forward slashes, never leading out of it. */
  readonly path: string;
  readonly text: string;
  /** `generated` files are ours and always rewritten; `scaffold` files are the user's, written where they are missing. */
  readonly owner: "generated" | "scaffold";
}

/** `before` is what stood there when the decision was made; `backup` asks for a copy of it, because it is the user's work. */
export type Change =
  | {
      readonly kind: "create";
      readonly path: string;
      readonly text: string;
      readonly owner: OutputFile["owner"];
      /** It was written before, and is gone. */
      readonly again?: true;
    }
  | {
      readonly kind: "update";
      readonly path: string;
      readonly text: string;
      readonly before: string;
      readonly owner: OutputFile["owner"];
      readonly backup?: true;
      readonly merge?: MergeFate;
    }
  | { readonly kind: "delete"; readonly path: string; readonly before: string; readonly backup?: true }
  | { readonly kind: "unchanged"; readonly path: string; readonly merge?: MergeFate };

/** What became of a scaffold file that is not as mcpgen writes it: brought up to date, left as the user has it, or both have changed the same thing. */
export type MergeFate = "merged" | "kept" | "conflict";

/** Relative to the output. */
export const manifestPath = "generated/manifest.json";

/** Relative to the output: the bundles of `mcpgen dev` and `mcpgen bench`, which are nobody else's, as `PROCESS/NUMBER`. */
export const developmentFolder = ".mcpgen/dev";

/** From the folder of such a bundle. */
export const outputOfBundle = "../../../..";

/** What the command line said when the output was written, so that it need not be said again. Paths are relative to the output. */
export interface Asked {
  readonly source: string;
  /** Files and folders of the source, where others of it are not read. */
  readonly parts?: readonly string[];
  readonly config?: string;
  readonly tsconfig?: string;
  readonly name?: string;
  readonly title?: string;
  readonly description?: string;
  readonly expose?: string;
  readonly naming?: string;
  readonly exclude?: readonly string[];
  readonly functions?: readonly string[];
}

/** The file of this path. Hashes are SHA-256, hex, of the text with LF line ends. */
export interface Manifest {
  readonly mcpgen: string;
  /** Hash of the configuration that the output was made with. */
  readonly config: string;
  /** Absent in one that was written before it was kept. */
  readonly asked?: Asked;
  /** Source files read, relative to the project root, sorted. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Generated files but the manifest itself, relative to the output folder, sorted. */
  readonly files: Readonly<Record<string, string>>;
  /** Of the same files, what a formatter leaves as it is; empty in one that was written before it was kept. */
  readonly tokens: Readonly<Record<string, string>>;
  /** Scaffold files, sorted: one that is missing is written again. */
  readonly scaffold: readonly string[];
  /** Packages ever put into package.json, sorted: one that the user removed is not added again. */
  readonly dependencies: readonly string[];
  /** Variables ever put into .env.example, sorted: one that the user removed is not added again. */
  readonly variables: readonly string[];
}
