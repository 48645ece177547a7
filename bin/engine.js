// How V8 runs what is imported after this. A build is over before most of what V8 optimizes for it has paid off: with twice
// the bytecode run before a function is optimized (132 KiB on Node 20), 1,000 functions take a sixth less processor time.
import module from "node:module";
import { setFlagsFromString } from "node:v8";

// Later lines of Node may name it otherwise, and V8 complains of a flag that it does not know.
if (Number.parseInt(process.versions.node, 10) <= 24) setFlagsFromString("--interrupt-budget=264000");

// What V8 makes of TypeScript is kept from one run to the next, where Node.js can (22.1 and later).
module.enableCompileCache?.();
