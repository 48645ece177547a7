/** ISO 4217 codes. */
export type Currency = "EUR" | "USD" | "GBP" | "NOK";

export interface Money {
  /** In the currency's smallest unit. */
  amount: number;
  currency: Currency;
}

/** @internal */
export function addMoney(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new Error(`cannot add ${a.currency} and ${b.currency}`);
  return { amount: a.amount + b.amount, currency: a.currency };
}
