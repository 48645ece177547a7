/** What builds of one process note of the files that they read. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { ts } from "ts-morph";
import { expect, test } from "vitest";
import { watchedDisk, watchLookups } from "../../src/discover/disk/disk.js";
import { hashText } from "../../src/model/hash.js";
import { isProof, stampOf } from "../../src/model/project/stamps.js";
import { emptyPlace, writeText } from "../support/fixtures/workspace.js";

const disk = watchedDisk(ts.sys);
const folder = emptyPlace("lookups");

function noteOf(path: string) {
  return watchLookups(folder, () => disk.readFile(path)).lookups.files[path];
}

/** Another file is written until one is known to be later. */
async function outdate(path: string): Promise<void> {
  const later = join(folder, "later.ts");
  do {
    await wait(5);
    writeText(later, "");
  } while (!isProof(stampOf(statSync(path)), statSync(later).ctimeMs));
  noteOf(later);
}

test("a file that stands as it was is hashed once", async () => {
  const path = join(folder, "old.ts");
  writeText(path, "one");
  await outdate(path);
  const first = noteOf(path);
  expect(first?.hash).toBe(hashText("one"));
  expect(noteOf(path)).toBe(first);
});

test("an edit that keeps the size is another hash", async () => {
  const path = join(folder, "edited.ts");
  writeText(path, "one");
  await outdate(path);
  expect(noteOf(path)?.hash).toBe(hashText("one"));
  writeText(path, "two");
  expect(noteOf(path)?.hash).toBe(hashText("two"));
});

test("what has just been written is hashed again: a second text can have the same stamp", () => {
  const path = join(folder, "new.ts");
  writeText(path, "one");
  const first = noteOf(path);
  expect(first?.hash).toBe(hashText("one"));
  expect(noteOf(path)).not.toBe(first);
});
