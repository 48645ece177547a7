import { addMoney, type Currency, type Money } from "../money.js";
import { pageOf, type Page, type PageRequest } from "../paging.js";
import { allEntitys, eventsOfEntity, readEntity, writeEntity } from "./store.js";
import type { Entity, EntityDraft, EntityEvent, EntityLine, EntityPatch, EntityStatus } from "./types.js";

/**
 * Reads one Entity by its id.
 * @param id The id, as a list returned it.
 */
export function getEntity(id: string): Promise<Entity> {
  return readEntity(id);
}

/** Lists every Entity, oldest first, one page at a time. */
export async function listEntitys(request: PageRequest & { status?: EntityStatus }): Promise<Page<Entity>> {
  const rows = await allEntitys();
  return pageOf(
    rows.filter((row) => request.status === undefined || row.status === request.status),
    request,
  );
}

/** Makes a new Entity as a draft. */
export async function createEntity(draft: EntityDraft): Promise<Entity> {
  const { reference = "none", ...rest } = draft;
  const createdAt = new Date().toISOString();
  const { length } = await allEntitys();
  const row: Entity = { ...rest, id: `Entity-${String(length + 1)}`, createdAt, status: "draft" };
  return writeEntity(row, { kind: "created", at: createdAt, by: reference });
}

/**
 * Changes what the patch names and leaves the rest.
 * @param id The id of the Entity.
 * @param patch The members to change.
 */
export async function updateEntity(id: string, patch: EntityPatch): Promise<Entity> {
  const text = Object.keys(patch).join(", ");
  return writeEntity({ ...(await readEntity(id)), ...patch }, { kind: "noted", at: new Date().toISOString(), text });
}

/**
 * Moves an Entity to another status.
 * @param id The id of the Entity.
 * @param to The new status.
 */
export async function moveEntity(id: string, to: EntityStatus): Promise<Entity> {
  const row = await readEntity(id);
  return writeEntity({ ...row, status: to }, { kind: "moved", at: new Date().toISOString(), from: row.status, to });
}

/**
 * Adds lines to an Entity.
 * @param id The id of the Entity.
 * @param lines The lines to add, in order. {@minItems 1}
 */
export async function addLinesToEntity(id: string, lines: EntityLine[]): Promise<Entity> {
  const row = await readEntity(id);
  const event: EntityEvent = { kind: "noted", at: new Date().toISOString(), text: `${String(lines.length)} lines` };
  return writeEntity({ ...row, lines: [...row.lines, ...lines] }, event);
}

/** What happened to an Entity so far. */
export async function historyOfEntity(id: string): Promise<{ id: string; events: EntityEvent[] }> {
  const row = await readEntity(id);
  return { id: row.id, events: await eventsOfEntity(id) };
}

/**
 * Adds up the lines of an Entity.
 * @param id The id of the Entity.
 * @param currency The currency to add up; lines in others are left out.
 */
export async function totalOfEntity(id: string, currency: Currency = "EUR"): Promise<Money> {
  const { lines } = await readEntity(id);
  const prices = lines.map(({ price, quantity }) => ({ ...price, amount: price.amount * quantity }));
  return prices.filter((price) => price.currency === currency).reduce(addMoney, { amount: 0, currency });
}

/** Finds every Entity whose owner or label has a text in it. */
export async function searchEntitys({ text, limit = 20 }: { text: string; limit?: number }): Promise<Page<Entity>> {
  const wanted = text.toLowerCase();
  const words = (row: Entity) => [row.owner.name, row.owner.email, ...Object.values(row.labels)];
  const rows = await allEntitys();
  return pageOf(
    rows.filter((row) => words(row).some((word) => word.toLowerCase().includes(wanted))),
    { limit },
  );
}

/** Counts every Entity by status. */
export async function countEntitys(): Promise<Record<EntityStatus, number>> {
  const counts: Record<EntityStatus, number> = { draft: 0, active: 0, "on-hold": 0, closed: 0 };
  for (const row of await allEntitys()) counts[row.status] += 1;
  return counts;
}
