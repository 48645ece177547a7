/** The surface that is compared with: that of a commit, or the one on disk. Git is asked to show it; nothing is checked out. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { surfacePath } from "../../surface/listed.js";

export type BaseSurface =
  | { readonly kind: "found"; readonly text: string; /** As the reader knows it. */ readonly from: string }
  /** Why there is none, in a sentence. */
  | { readonly kind: "missing"; readonly reason: string };

export interface Place {
  readonly root: string;
  readonly output: string;
}

/** Without a commit's name, the last commit; where that has none, what a build has written. */
export function readBaseSurface(place: Place, reference: string | undefined): BaseSurface {
  const path = join(relative(place.root, place.output), surfacePath).split(sep).join("/");
  const committed = readCommitted(place.root, path, reference ?? "HEAD");
  if (committed.kind === "found" || reference !== undefined) return committed;
  try {
    return { kind: "found", text: readFileSync(join(place.output, surfacePath), "utf8"), from: path };
  } catch {
    const reason = `there is nothing to compare with: ${committed.reason}, and no \`${path}\` on disk; run mcpgen build`;
    return { kind: "missing", reason };
  }
}

function readCommitted(root: string, path: string, reference: string): BaseSurface {
  const inside = runGit(root, "rev-parse", "--is-inside-work-tree");
  if (inside === "absent") return { kind: "missing", reason: "git is not installed" };
  if (inside === undefined) return { kind: "missing", reason: "the project is in no git repository" };
  const commit = runGit(root, "rev-parse", "--verify", "--quiet", "--end-of-options", `${reference}^{commit}`);
  if (commit === undefined) return { kind: "missing", reason: `git knows no commit \`${reference}\`` };
  const text = runGit(root, "show", `${commit.trim()}:./${path}`);
  if (text === undefined) return { kind: "missing", reason: `\`${reference}\` has no \`${path}\`` };
  return { kind: "found", text, from: reference };
}

/** What it prints; `absent` where there is no git, undefined where it fails. */
function runGit(cwd: string, ...args: readonly string[]): string | undefined {
  const { status, stdout, error } = spawnSync("git", args, { cwd, encoding: "utf8", maxBuffer: 256 * 1024 * 1024 });
  if (error && "code" in error && error.code === "ENOENT") return "absent";
  return status === 0 ? stdout : undefined;
}
