/**
 * A large CommonJS file as V8 has compiled it, kept beside the package from one process to the next: of TypeScript's nine
 * megabytes each build runs the same part. From 22.1 on, Node.js keeps this itself, and nothing is done here.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import module, { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import host from "node:process";
import { constants, Script } from "node:vm";

/**
 * From then on the file stands in the cache of `require`. What V8 cannot use, such as what another version of it has kept, it
 * refuses; `version` is that of the file, of which V8 looks at the length alone.
 */
export function loadCompiled(path: string, version: string): void {
  const require = createRequire(path);
  const place = placeOf(path, version);
  if (place === undefined || require.cache[path] !== undefined) return;
  const cachedData = readKept(place);
  const script = new Script(module.wrap(readFileSync(path, "utf8")), {
    filename: path,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    ...(cachedData && { cachedData }),
  });
  const loaded = Object.assign(new module(path), { filename: path, loaded: true });
  const run = script.runInThisContext() as (...given: readonly unknown[]) => void;
  run(loaded.exports, require, loaded, path, dirname(path));
  require.cache[path] = loaded;
  // At the end: what was run of it has been compiled by then.
  if (cachedData === undefined || script.cachedDataRejected) host.once("exit", () => keep(place, script));
}

/** In the `node_modules` that the file stands in. Nowhere, if Node.js keeps what is compiled, or the file is in no package. */
function placeOf(path: string, version: string): string | undefined {
  const modules = /^.*[\\/]node_modules(?=[\\/])/.exec(path)?.[0];
  if (modules === undefined || "getCompileCacheDir" in module) return undefined;
  return join(modules, ".cache/mcpgen", `${basename(path)}-${version}-${host.version}-${host.arch}.bin`);
}

/** With a digest at its end: V8 does not look whether all of it is as it was written. */
function readKept(place: string): Buffer | undefined {
  try {
    const kept = readFileSync(place);
    const data = kept.subarray(0, -digestBytes);
    return kept.subarray(-digestBytes).equals(digestOf(data)) ? data : undefined;
  } catch {
    return undefined;
  }
}

const digestBytes = 20;

/** Against half a file and a broken disk, not against people: whoever writes here can write the package as well. */
function digestOf(data: Buffer): Buffer {
  return createHash("sha1").update(data).digest();
}

/** A disk that takes nothing costs the next build its time and nothing else. */
function keep(place: string, script: Script): void {
  try {
    mkdirSync(dirname(place), { recursive: true });
    const draft = `${place}.${String(host.pid)}`;
    const data = script.createCachedData();
    writeFileSync(draft, Buffer.concat([data, digestOf(data)]));
    renameSync(draft, place);
  } catch {
    return;
  }
}
