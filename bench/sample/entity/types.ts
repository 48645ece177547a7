import type { Money } from "../money.js";

export type EntityStatus = "draft" | "active" | "on-hold" | "closed";

/** A postal address. */
export interface EntityAddress {
  street: string;
  city: string;
  /** ISO 3166 code of the country, two letters. */
  country: string;
  postcode?: string;
}

export interface EntityLine {
  sku: string;
  /** @minimum 1 */
  quantity: number;
  price: Money;
  note?: string;
}

export interface Entity {
  id: string;
  /** When it was made, ISO 8601. */
  createdAt: string;
  status: EntityStatus;
  owner: { name: string; email: string };
  address: EntityAddress;
  lines: EntityLine[];
  labels: Record<string, string>;
}

/** What a new one needs; the rest is filled in. */
export type EntityDraft = Omit<Entity, "id" | "createdAt" | "status"> & { reference?: string };

export type EntityPatch = Partial<Pick<Entity, "owner" | "address" | "labels">>;

/** What happened to one, in the order it happened. */
export type EntityEvent =
  | { kind: "created"; at: string; by: string }
  | { kind: "moved"; at: string; from: EntityStatus; to: EntityStatus }
  | { kind: "noted"; at: string; text: string };
