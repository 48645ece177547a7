#!/usr/bin/env node
import "./engine.js";

const { main } = await import("../dist/create.js");

process.exitCode = await main(process.argv.slice(2));
