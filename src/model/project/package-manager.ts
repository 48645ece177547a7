/** The package managers there are, and how each is asked to install, and to run a script of package.json. */
export const packageManagers = ["npm", "pnpm", "yarn", "bun"] as const;

export type PackageManager = (typeof packageManagers)[number];

export interface ManagerCommands {
  readonly install: string;
  /** `npm run`, before the name of any script. */
  readonly run: string;
  /** The shortest way to run a script: `npm test`. */
  readonly script: (name: string) => string;
}

export function commandsOf(manager: PackageManager): ManagerCommands {
  const run = manager === "pnpm" || manager === "yarn" ? manager : `${manager} run`;
  const short = (name: string): boolean => manager === "npm" && (name === "test" || name === "start");
  return {
    install: `${manager} install`,
    run,
    script: (name) => (short(name) ? `npm ${name}` : `${run} ${name}`),
  };
}
