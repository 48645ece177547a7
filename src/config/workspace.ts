/** The project root → the package manager that installs it, and the folder of the workspace that it is a part of. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PackageManager } from "../model/project/package-manager.js";
import { findAbove, isFile } from "./file.js";

export interface Workspace {
  readonly packageManager: PackageManager;
  /** Absolute: the nearest folder at or above the root that says it is a workspace, else the root. */
  readonly folder: string;
  /** Whether mcpgen is one of its packages, so that its own version is what runs. */
  readonly hasMcpgen: boolean;
}

/** The lock file that each writes. */
const lockFiles: readonly (readonly [file: string, manager: PackageManager])[] = [
  ["pnpm-lock.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
  ["package-lock.json", "npm"],
  ["npm-shrinkwrap.json", "npm"],
];

export function findWorkspace(root: string): Workspace {
  const locked = findAbove(root, (folder) => {
    const found = lockFiles.find(([file]) => isFile(join(folder, file)));
    return found?.[1];
  });
  const declared = workspaceOf(root);
  const asked = findAbove(root, (folder) => managerOf(readManifest(folder)?.["packageManager"]));
  const isPnpm = declared !== undefined && isFile(join(declared, "pnpm-workspace.yaml"));
  return {
    packageManager: locked ?? asked ?? (isPnpm ? "pnpm" : "npm"),
    folder: declared ?? root,
    hasMcpgen: findAbove(root, (folder) => needsMcpgen(readManifest(folder))) ?? false,
  };
}

function needsMcpgen(manifest: Record<string, unknown> | undefined): true | undefined {
  const lists = [manifest?.["dependencies"], manifest?.["devDependencies"]];
  return lists.some((list) => typeof list === "object" && list !== null && "mcpgen" in list) ? true : undefined;
}

/** The nearest folder at or above this one that says it is a workspace. */
export function workspaceOf(root: string): string | undefined {
  return findAbove(root, (folder) => {
    const manifest = readManifest(folder);
    const isWorkspace = isFile(join(folder, "pnpm-workspace.yaml")) || manifest?.["workspaces"] !== undefined;
    return isWorkspace ? folder : undefined;
  });
}

/** `pnpm@10.1.0+sha512…` → `pnpm`. */
function managerOf(value: unknown): PackageManager | undefined {
  const name = typeof value === "string" ? value.split("@")[0] : undefined;
  return lockFiles.find(([, manager]) => manager === name)?.[1];
}

function readManifest(folder: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
