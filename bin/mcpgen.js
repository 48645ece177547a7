#!/usr/bin/env node
import module from "node:module";

// What V8 makes of TypeScript is kept from one run to the next, where Node.js can (22.1 and later).
module.enableCompileCache?.();
const { main } = await import("../dist/cli.js");

process.exitCode = await main(process.argv.slice(2));
