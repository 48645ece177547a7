/** `@from weather getWeather`: the parameter, and what fills it as it is written. */

export interface FromText {
  readonly parameter: string;
  readonly written: string;
}

export function readFrom(text: string): FromText | undefined {
  const [, parameter, written] = /^\s*([^\s.]+)\s+(\S(?:.*\S)?)\s*$/.exec(text) ?? [];
  return parameter === undefined || written === undefined ? undefined : { parameter, written };
}

/** A function's name, or a tool's. */
export function isToolName(written: string): boolean {
  return /^[A-Za-z_$][\w$-]*$/.test(written);
}
