// The tests as projects: `vitest run -c .ci/vitest.config.js --project quick`. Which files are in which is plain data
// in test/support/test-projects.ts.
import "../bin/engine.js";
import { availableParallelism } from "node:os";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { roomyEngine } from "../test/support/engine.ts";
import { DearestFirst } from "./sequencer.js";
import { entryOf, testFiles, testProjects } from "../test/support/test-projects.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

// What is quick starts no process of its own for a file, and where files may share modules, the compiler is loaded once.
const startup = { quick: { pool: "threads", isolate: false }, "quick-runtime": { pool: "threads" } };

// As the commands run, for one project after another. Threads are in this process, which the first import above has told.
const apart = { execArgv: [...roomyEngine], globalSetup: ".ci/residents.js" };

export default defineConfig({
  root,
  test: {
    // Vitest leaves one core of two idle, which would double the time of a run.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { sequencer: DearestFirst },
    projects: Object.keys(testProjects).map((name) => ({
      test: {
        name,
        root,
        testTimeout: 60_000,
        // Tests of one file that start compilers of their own: no more at once than there are cores.
        maxConcurrency: 2,
        ...(startup[name] ?? apart),
        include: testFiles()
          .filter((file) => entryOf(file)?.[0] === name)
          .map((file) => `test/${file}`),
      },
    })),
  },
});
