/** Which objects are more than their data: instances of classes with methods or private state, and errors. */
import type { ts } from "ts-morph";
import { isBuiltIn } from "../checker/built-in-types.js";
import { compiler } from "../checker/compiler.js";
import type { Analysis } from "../checker/analysis.js";

/** A class of public fields only is plain data; one with methods, or with state that JSON would drop, is not. */
export function isInstance(analysis: Analysis, type: ts.Type): boolean {
  if (!type.isClassOrInterface()) return isInstantiated(analysis, type);
  const properties = type.getProperties();
  // An `Error` has only public data, but its stack is no one's to see.
  if (properties.some((property) => property.name === "stack" && isBuiltIn(analysis, property))) return true;
  return type.isClass() && properties.some((property) => isMethod(property) || isHidden(property));
}

/** `Box<string>` of `class Box<T>`. */
function isInstantiated(analysis: Analysis, type: ts.Type): boolean {
  const target = "target" in type ? (type.target as ts.Type) : undefined;
  return target !== undefined && target !== type && target.isClassOrInterface() && isInstance(analysis, target);
}

export function hasMethods(properties: readonly ts.Symbol[]): boolean {
  return properties.some(isMethod);
}

function isMethod({ flags }: ts.Symbol): boolean {
  return (flags & compiler.SymbolFlags.Method) !== 0;
}

function isHidden({ valueDeclaration, escapedName }: ts.Symbol): boolean {
  if ((escapedName as string).startsWith("__#")) return true;
  const { Private, Protected } = compiler.ModifierFlags;
  return (
    valueDeclaration !== undefined &&
    (compiler.getCombinedModifierFlags(valueDeclaration) & (Private | Protected)) !== 0
  );
}
