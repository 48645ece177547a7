/** Units of length. */
export type LengthUnit = "mm" | "cm" | "m" | "km" | "in" | "ft" | "mi";

/** How many meters one of each unit is. */
export const meters: Readonly<Record<LengthUnit, number>> = {
  mm: 0.001,
  cm: 0.01,
  m: 1,
  km: 1000,
  in: 0.0254,
  ft: 0.3048,
  mi: 1609.344,
};
