#!/usr/bin/env node
import "./engine.js";

// Later than the line above: what is imported is compiled before anything runs.
const { main } = await import("../dist/cli.js");

process.exitCode = await main(process.argv.slice(2));
