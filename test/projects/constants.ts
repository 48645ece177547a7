/** Values of `const enum`s that are only declared: globally, by a package, by a file beside the sources, in one of them. */
import type { FeatureSource } from "./sources.js";

export function constantsOf(js: string): FeatureSource {
  return {
    files: {
      "types/levels.d.ts": `declare const enum Level {
  Low = 1,
  High = 2,
}
declare namespace House {
  const enum Room {
    Hall = "hall",
  }
}
`,
      "node_modules/gauge/package.json": `{ "name": "gauge", "version": "1.0.0", "types": "index.d.ts" }\n`,
      "node_modules/gauge/index.js": "exports.real = 7;\n",
      "node_modules/gauge/index.d.ts": `export * from "./modes.js";
export declare const real: number;
`,
      "node_modules/gauge/modes.d.ts": `export declare const enum Mode {
  On = "on",
  Off = "off",
}
export declare namespace Scale {
  const enum Step {
    Down = -1,
  }
}
`,
      "src/own.d.ts": `export declare const enum Own {
  A = 5,
  B,
}
`,
      "src/made.ts": `export declare const enum Made {
  A = 9,
}
`,
      "src/barrel.ts": `export { Mode as Kind, real } from "gauge";
export { Own } from "./own${js}";
`,
      "src/levels.ts": `import * as gauge from "gauge";
import { Kind, Own, real } from "./barrel${js}";
import { Made } from "./made${js}";

/** Values that only the compiler knows. */
export function levels(level: Level, kind: Kind): string {
  const own = [level, Level.High.toFixed(1), Level["Low"], House.Room.Hall, Own.B, Made.A];
  return [...own, kind, Kind.Off, gauge.Mode.On, gauge["Mode"].Off, gauge.Scale.Step.Down, real].join();
}
`,
    },
    tool: "levels",
    arguments: { level: 1, kind: "on" },
    answer: "1,2.0,1,hall,6,9,on,off,on,off,-1,7",
  };
}
