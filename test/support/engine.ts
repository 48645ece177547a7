/** How tests start Node where it runs for seconds: as mcpgen starts itself (`bin/engine.js`), and with room for what a compiler keeps. */
const isKnown = Number.parseInt(process.versions.node, 10) <= 24;

/** V8 optimizes later, which most of what a test starts does not live to see pay off. */
export const engine: readonly string[] = isKnown ? ["--interrupt-budget=264000"] : [];

/** Of a process that compiles one project after another: what survives is moved less often. */
export const roomyEngine: readonly string[] = [...engine, "--max-semi-space-size=64"];
