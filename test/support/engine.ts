/** How tests start Node where it runs for seconds: as mcpgen starts itself (`bin/engine.js`), and with room for what a compiler keeps. */
import { engineFlags as engine } from "../../templates/build/engine.mjs";

export { engine };

/** Of a process that compiles one project after another: what survives is moved less often. */
export const roomyEngine: readonly string[] = [...engine, "--max-semi-space-size=64"];
