/** The tags that say what a function is. */
import type { Role } from "../../model/api.js";

const roles: ReadonlyMap<string, Role> = new Map([
  ["tool", "tool"],
  ["resource", "resource"],
  ["prompt", "prompt"],
  ["completes", "completion"],
]);

export function isRoleTag(name: string): boolean {
  return roles.has(name);
}

/** A function without such a tag is a tool. */
export function roleOf(tag: string | undefined): Role {
  return roles.get(tag ?? "") ?? "tool";
}
