/** The one allocator of emitted identifiers: no two things of a module get one name, and none a word of the language. */

/** Reserved in modules, names that strict code may not bind, and globals that generated code would shadow to its harm. */
const reserved: readonly string[] = [
  ...[
    "arguments",
    "as",
    "async",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
  ],
  ...[
    "do",
    "else",
    "enum",
    "eval",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "implements",
    "import",
  ],
  ...[
    "in",
    "instanceof",
    "interface",
    "let",
    "new",
    "null",
    "package",
    "private",
    "protected",
    "public",
    "return",
    "static",
  ],
  ...[
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "undefined",
    "var",
    "void",
    "while",
    "with",
    "yield",
  ],
  ...["Infinity", "NaN", "globalThis", "Object", "Promise"],
];

export interface Names {
  /** `preferred` if it is free, else `preferred` with the suffix, else numbered: the same whatever else the project holds. */
  allocate(preferred: string, suffix: string): string;
}

export function createNames(taken: Iterable<string> = []): Names {
  const used = new Set(withReserved(taken));
  return {
    allocate(preferred, suffix) {
      const name = allocateBeside(used, preferred, suffix);
      used.add(name);
      return name;
    },
  };
}

export function withReserved(taken: Iterable<string>): ReadonlySet<string> {
  return new Set([...reserved, ...taken]);
}

/** As `allocate` does, for a name that stands alone beside these. */
export function allocateBeside(used: ReadonlySet<string>, preferred: string, suffix: string): string {
  const base = toIdentifier(preferred);
  return candidates(base, suffix).find((candidate) => !used.has(candidate)) ?? base;
}

function candidates(base: string, suffix: string): { find(isFree: (name: string) => boolean): string | undefined } {
  return {
    find(isFree) {
      if (isFree(base)) return base;
      for (let number = 1; ; number += 1) {
        const candidate = `${base}${suffix}${number === 1 ? "" : number}`;
        if (isFree(candidate)) return candidate;
      }
    },
  };
}

/** `get-user` → `getUser`; letters beyond ASCII stay if JavaScript takes them. */
export function toIdentifier(text: string): string {
  const joined = text.replace(/[^\p{ID_Continue}$]+(.?)/gu, (_, next: string) => next.toUpperCase());
  const identifier = joined.replace(/^[^\p{ID_Start}$_]+/u, "");
  return identifier === "" ? "value" : identifier;
}

/** `get_user` → `getUser`: constants are in camel case whatever the names of tools are. */
export function toCamelCase(text: string): string {
  return toIdentifier(text.replace(/(?<=[^_-])[_-]+([A-Za-z0-9])/g, (_, next: string) => next.toUpperCase()));
}
