/** `mcpgen dev` without its command line: a build at each change, and a client that keeps its server through all of them. */
import { createBundler } from "./bundler.js";
import { createBundles } from "./bundles.js";
import { createLoop } from "./loop.js";
import { listPlaces } from "./places.js";
import { createRound, type Development } from "./round.js";
import { createTypeCheck } from "./type-check.js";
import { createWatcher } from "./watch.js";

export { createBundler, type Bundled } from "./bundler.js";
export { createBundles, type Owner } from "./bundles.js";
export { readEnvironment } from "./environment.js";
export { createHttpFront } from "./http.js";
export { createStdioFront } from "./stdio.js";
export { probeServer, type Probe } from "./child.js";
export { createFeed, type Feed } from "./page/feed.js";
export type { BuildNews } from "./page/news.js";
export { createSite, type Drawing, type Site } from "./page/site.js";
export { readLines } from "./protocol/lines.js";
export type { Front } from "./front.js";
export type { Built } from "./round.js";

/** Begins, and resolves with what ends it. */
export async function develop(development: Development): Promise<() => Promise<void>> {
  const { project, front, onBug } = development;
  const bundler = createBundler();
  const types = createTypeCheck();
  const watcher = createWatcher(() => {
    loop.request();
  });
  const bundles = createBundles(development.process);
  let isEnding = false;
  const say = (text: string): void => {
    if (!isEnding) development.say(text);
  };
  const round = createRound({ ...development, say, bundler, types, watcher, bundles });
  const loop = createLoop(round, onBug);
  await watcher.watch(listPlaces(project, []), Date.now());
  loop.request();
  return async () => {
    isEnding = true;
    await watcher.close();
    await Promise.all([front.close(), bundler.close(), types.close()]);
    await loop.close();
    // What a build that was under way has started.
    await Promise.all([front.close(), bundler.close(), types.close()]);
    bundles.clear();
  };
}
