/** What servers ask their client: two servers give the same id to different questions, so each question gets one of ours. */
import { memberOf, type Answer, type Id, type Json, type Notification, type Request } from "./message.js";

export interface Questions<Asker> {
  /** The question under an id of ours. */
  ask(asker: Asker, request: Request): string;
  /** Who asked, and the answer under its own id; undefined where nobody waits for it. */
  answer(answer: Answer): { readonly asker: Asker; readonly text: string } | undefined;
  /** A server calls off what it asked: the same in our ids. */
  callOff(asker: Asker, notification: Notification): string | undefined;
  /** The server is gone: what tells the client that its questions are. */
  forget(asker: Asker): readonly string[];
}

interface Open<Asker> {
  readonly asker: Asker;
  readonly id: Id;
}

export const cancelled = "notifications/cancelled";

export function createQuestions<Asker>(): Questions<Asker> {
  const open = new Map<number, Open<Asker>>();
  let last = 0;
  const cancel = (number: number, params: Json): string => {
    open.delete(number);
    return JSON.stringify({ jsonrpc: "2.0", method: cancelled, params: { ...params, requestId: number } });
  };
  return {
    ask: (asker, { id, json }) => {
      open.set(++last, { asker, id });
      return JSON.stringify({ ...json, id: last });
    },
    answer: ({ id, json }) => {
      const found = typeof id === "number" ? open.get(id) : undefined;
      if (!found) return undefined;
      open.delete(Number(id));
      return { asker: found.asker, text: JSON.stringify({ ...json, id: found.id }) };
    },
    callOff: (asker, { json }) => {
      const params = memberOf(json, "params");
      const number = [...open].find(([, each]) => each.asker === asker && each.id === params["requestId"])?.[0];
      return number === undefined ? undefined : cancel(number, params);
    },
    forget: (asker) =>
      [...open]
        .filter(([, each]) => each.asker === asker)
        .map(([number]) => cancel(number, { reason: "The server has ended." })),
  };
}
