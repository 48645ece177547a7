import { meters, type LengthUnit } from "./units.js";

/** A length in the unit that was asked for. */
export interface Conversion {
  /** The converted figure. */
  value: number;
  unit: LengthUnit;
  /** The whole conversion as a sentence, for people. */
  text: string;
}

/**
 * Converts a length from one unit to another.
 *
 * @param value The length to convert.
 * @param from The unit that `value` is in.
 * @param to The unit to convert to.
 * @param digits How many digits to keep after the decimal point. {@int} {@minimum 0} {@maximum 12}
 * @example convertLength(5, "km", "mi")
 */
export function convertLength(value: number, from: LengthUnit, to: LengthUnit, digits = 3): Conversion {
  const converted = Number(((value * meters[from]) / meters[to]).toFixed(digits));
  return { value: converted, unit: to, text: `${value} ${from} is ${converted} ${to}` };
}
