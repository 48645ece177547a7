// How V8 runs what is imported after this.
import module from "node:module";
import { setFlagsFromString } from "node:v8";
import { engineFlags } from "../templates/build/engine.mjs";

for (const flag of engineFlags) setFlagsFromString(flag);

// What V8 makes of TypeScript is kept from one run to the next, where Node.js can (22.1 and later).
module.enableCompileCache?.();
