import type { Entity, EntityEvent } from "./types.js";

const rows = new Map<string, Entity>();
const history = new Map<string, EntityEvent[]>();

/** Stands for the round trip to a database. */
async function trip(): Promise<void> {
  await Promise.resolve();
}

/** @internal */
export async function readEntity(id: string): Promise<Entity> {
  await trip();
  const row = rows.get(id);
  if (!row) throw Object.assign(new Error(`there is no Entity ${id}`), { status: 404, expose: true });
  return row;
}

/** @internal */
export async function writeEntity(row: Entity, event: EntityEvent): Promise<Entity> {
  await trip();
  rows.set(row.id, row);
  history.set(row.id, [...(history.get(row.id) ?? []), event]);
  return row;
}

/** @internal */
export async function allEntitys(): Promise<Entity[]> {
  await trip();
  return [...rows.values()].sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
}

/** @internal */
export async function eventsOfEntity(id: string): Promise<EntityEvent[]> {
  await trip();
  return history.get(id) ?? [];
}
