/** `functions` of the configuration → which exports are served, and which entries mean none. */
import type { Config } from "../../config/config.js";
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { matchChosen, meansFile } from "../../model/project/globs.js";
import { toRelative } from "../disk/spans.js";
import { toSlashes } from "../disk/files.js";
import type { ExportedFunction, Module } from "./exports.js";

export interface Choice {
  readonly isChosen: (candidate: Pick<ExportedFunction, "name" | "reference">) => boolean;
  /** Whether an entry is about the module; its path is relative to the root. */
  readonly meansModule: (module: Pick<Module, "path">) => boolean;
  /** Of what has been asked for so far. */
  readonly tellIdle: () => readonly Diagnostic[];
}

export function readChoice({ root, source, functions }: Pick<Config, "root" | "source" | "functions">): Choice {
  if (!functions) return { isChosen: () => true, meansModule: () => true, tellIdle: () => [] };
  const entries = functions.map((entry) => ({ ...entry, means: matchChosen(entry.text) }));
  const busy = new Set<string>();
  const folder = toRelative(toSlashes(root), toSlashes(source));
  const below = (module: string) => (folder === "." || folder === "" ? module : module.slice(folder.length + 1));
  return {
    isChosen: ({ name, reference }) => {
      const meant = entries.filter(({ means }) => means(below(reference.module), name, reference.export));
      for (const { text } of meant) busy.add(text);
      return meant.length > 0;
    },
    meansModule: ({ path }) => entries.some(({ text }) => meansFile(text, below(path))),
    tellIdle: () =>
      entries
        .filter(({ text }) => !busy.has(text))
        .map(({ text, span }) =>
          diagnostic("MG116", `\`${text}\` of \`functions\` matches no exported function`, { span }),
        ),
  };
}
