/** A declaration → the module of Node.js that has it. */
import type { ts } from "ts-morph";
import { compiler } from "../checker/compiler.js";

/** Without `node:`. */
export function nodeModule(declaration: ts.Node): string | undefined {
  for (let node: ts.Node | undefined = declaration; node !== undefined; node = node.parent) {
    if (compiler.isModuleDeclaration(node) && node.flags & compiler.NodeFlags.GlobalAugmentation) return undefined;
    if (compiler.isModuleDeclaration(node) && compiler.isStringLiteral(node.name))
      return node.name.text.replace(/^node:/, "");
  }
  return undefined;
}
