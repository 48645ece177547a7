/** Programs of one process read what libraries declare once, as those of an editor do: no option changes what is bound in a declaration file. */
import type ts from "typescript";

const read = new Map<string, ts.SourceFile | undefined>();

export function shareDeclarations(host: ts.CompilerHost): ts.CompilerHost {
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (name, language, ...rest) => {
    if (!/\/node_modules\/.*\.d\.[cm]?ts$/.test(name)) return getSourceFile(name, language, ...rest);
    // A target and the format of a module are part of it, functions are not.
    const key = `${name} ${JSON.stringify(language)}`;
    if (!read.has(key)) read.set(key, getSourceFile(name, language, ...rest));
    return read.get(key);
  };
  return host;
}
