/** One change, all the way: built, bundled, started, and put in the place of the server before. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Bundler } from "./bundler.js";
import type { Bundles, Owner } from "./bundles.js";
import type { Front, NextServer } from "./front.js";
import type { BuildNews } from "./page/news.js";
import { isJson } from "./protocol/message.js";
import { beginStart } from "./loop.js";
import { listPlaces, type Project } from "./places.js";
import { changedParts } from "./protocol/surface.js";
import type { TypeCheck } from "./type-check.js";
import type { Watcher } from "./watch.js";

export interface Built extends Project {
  /** Why there is nothing to serve; all that is wrong has been told. */
  readonly failure?: string | undefined;
  /** All of it, as it is printed; absent where there is nothing to say. */
  readonly report?: string | undefined;
}

export interface Development {
  readonly build: () => Promise<Built>;
  /** What is watched before the first build. */
  readonly project: Project;
  readonly front: Front;
  /** For people, on stderr. */
  readonly say: (text: string) => void;
  /** For the page. */
  readonly tell: (news: BuildNews) => void;
  readonly onBug: (cause: unknown) => void;
  readonly process: Owner;
}

interface Means extends Development {
  readonly bundler: Bundler;
  readonly bundles: Bundles;
  readonly types: TypeCheck;
  readonly watcher: Watcher;
}

interface Serving {
  readonly server: NextServer;
  readonly surface: string;
  /** Takes its bundle away. */
  readonly remove: () => void;
}

export function createRound({ build, front, say, tell, ...means }: Means): (changed: AbortSignal) => Promise<void> {
  let inputs: readonly string[] = [];
  let serving: Serving | undefined;
  const ended = new Set<NextServer>();
  const fail = (reason: string, report = ""): void => {
    tell({ state: "broken", reason, report, goesOn: serving ? "yes" : "no" });
    say(serving ? `${reason}; the server of the last good build goes on` : `${reason}; a change tries again`);
    front.lack(`mcpgen dev has no server: ${reason}`);
  };
  return async (changed) => {
    const begun = Date.now();
    means.types.stop();
    tell({ state: "building" });
    const built = await build().finally(means.watcher.begin());
    await means.watcher.watch(listPlaces(built, inputs), begun);
    if (built.failure !== undefined) {
      fail(built.failure, built.report);
      return;
    }
    const { output } = built;
    const place = means.bundles.add(output);
    const bundled = await means.bundler.bundle(output, { folder: place.folder });
    if (bundled.kind === "failed") {
      place.remove();
      fail(`the server cannot be bundled: ${bundled.reason}`);
      return;
    }
    inputs = bundled.inputs;
    await means.watcher.watch(listPlaces(built, inputs), begun);
    const surface = readText(join(output, "generated/surface.json"));
    const entry = join(output, place.folder, "server.js");
    const start = beginStart(changed, say);
    const server: NextServer = {
      ...{ folder: output, entry, isAlone: hasDatabase(output), givenUp: start.givenUp },
      onEnded: () => {
        ended.add(server);
        // The last good one may have to start again.
        if (serving?.server !== server) place.remove();
      },
    };
    const before = serving;
    const failure = await front.replace(server).finally(start.done);
    if (failure !== undefined) {
      // Where the one before had to end first, it is started again.
      if (server.isAlone && before && ended.delete(before.server)) await front.replace(before.server);
      const reason = start.givenUp.aborted ? "a change came before it was ready" : failure;
      fail(`the server did not start: ${reason}`);
      return;
    }
    front.announce(before ? changedParts(before.surface, surface) : []);
    serving = { server, surface, remove: place.remove };
    if (before && ended.delete(before.server)) before.remove();
    const milliseconds = Date.now() - begun;
    tell({ state: "served", milliseconds, report: built.report ?? "" });
    say(`served ${String(milliseconds)} ms after the change`);
    means.types.check(output);
  };
}

/** An embedded database is one process's at a time. */
function hasDatabase(output: string): boolean {
  const facts: unknown = JSON.parse(readText(join(output, "generated/build/project.json")) || "{}");
  return isJson(facts) && facts["database"] === true;
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
