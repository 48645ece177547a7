/** Preloaded into a measured process (`node --import`): at its exit, writes what it used into the file that MCPGEN_BENCH_USAGE names. */
import { writeFileSync } from "node:fs";

process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const file = process.env["MCPGEN_BENCH_USAGE"];
  if (file !== undefined)
    writeFileSync(file, JSON.stringify({ cpuMs: (userCPUTime + systemCPUTime) / 1000, rssMiB: maxRSS / 1024 }));
});
