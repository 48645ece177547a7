/** Owns the imports of one emitted file: code asks for a name and is told what it is called here. */
import { compareText } from "../../model/text.js";
import { createNames, type Names } from "./names.js";
import { stringLiteral } from "./text.js";
import { printWidth } from "./layout.js";
import { textWidth } from "./width.js";

export interface Imported {
  /** As written after `from`. */
  readonly from: string;
  /** `default` for a default export. */
  readonly name: string;
  /** What to call a default export, if the file is free to choose. */
  readonly as?: string;
  /** Added to the name where the file has a thing of that name already. */
  readonly suffix?: string;
  /** Nothing of it is left at run time. */
  readonly isType?: true;
}

export interface Module {
  readonly names: Names;
  /** The local name of what is imported; the same for the same import. */
  use(imported: Imported): string;
  /** Its name is taken now; it is imported if it is asked for. */
  reserve(imported: Imported): () => string;
  /** The import statements, once everything has been asked for. */
  imports(): string;
  /** What it imports from. */
  specifiers(): readonly string[];
}

interface Binding {
  readonly from: string;
  readonly name: string;
  readonly local: string;
  readonly isType: boolean;
}

/** `own`: the names that the file declares itself; imports make way for them. */
export function createModule(own: readonly string[]): Module {
  const names = createNames(own);
  const bindings = new Map<string, Binding>();
  const reserve = ({ from, name, as = name, suffix = "Import", isType }: Imported): (() => string) => {
    const key = JSON.stringify([from, name]);
    const local = bindings.get(key)?.local ?? names.allocate(as, suffix);
    return () => {
      if (!bindings.has(key)) bindings.set(key, { from, name, local, isType: isType === true });
      return local;
    };
  };
  return {
    names,
    use: (imported) => reserve(imported)(),
    reserve,
    imports: () => printImports([...bindings.values()]),
    specifiers: () => [...bindings.values()].map((binding) => binding.from),
  };
}

function printImports(bindings: readonly Binding[]): string {
  const sources = [...new Set(bindings.map((binding) => binding.from))];
  // Packages before the project's own files, each by code units: the same on every machine.
  sources.sort((a, b) => Number(isRelative(a)) - Number(isRelative(b)) || compareText(a, b));
  return sources
    .map((from) =>
      printImport(
        from,
        bindings.filter((binding) => binding.from === from),
      ),
    )
    .join("\n");
}

function isRelative(specifier: string): boolean {
  return specifier.startsWith(".");
}

function printImport(from: string, bindings: readonly Binding[]): string {
  const standing = bindings.filter((binding) => binding.name === "default").map((binding) => binding.local);
  const named = bindings.filter((binding) => binding.name !== "default");
  const onlyTypes = bindings.every((binding) => binding.isType);
  // Tools like to reorder specifiers; by code units there is nothing left to reorder.
  const specifiers = named
    .toSorted((a, b) => compareText(a.name, b.name))
    .map((binding) => `${binding.isType && !onlyTypes ? "type " : ""}${specifierText(binding)}`);
  const source = `from ${stringLiteral(from)}${from.endsWith(".json") ? ' with { type: "json" }' : ""};`;
  if (specifiers.length === 0) return `import ${standing.join(", ")} ${source}`;
  const head = [onlyTypes ? "import type" : "import", ...standing.map((name) => `${name},`)].join(" ");
  const flat = `${head} { ${specifiers.join(", ")} } ${source}`;
  const breaks = textWidth(flat) > printWidth && (specifiers.length > 1 || standing.length > 0);
  return breaks ? `${head} {\n${specifiers.map((specifier) => `  ${specifier},\n`).join("")}} ${source}` : flat;
}

function specifierText({ name, local }: Binding): string {
  return name === local ? name : `${specifierName(name)} as ${local}`;
}

/** `export { f as "any text" }` is legal. */
function specifierName(name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : stringLiteral(name);
}
