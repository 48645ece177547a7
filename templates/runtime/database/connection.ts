// One connection in the hands of one holder: its statements run one after the other, in the order of the asking.
import type { ClientBase, QueryArrayResult, QueryResult } from "pg";
import { explainFailure, isConnectionLost } from "./failure.js";
import { whileCalled } from "./limits.js";
import type { Source } from "./source.js";
import { encodeParameters } from "./values.js";

export interface Connection {
  /** Within the limits of the running call. */
  readonly run: Run;
  /** Whatever became of the call: what has been opened must be closed. Never rejects. */
  readonly finish: (sql: string) => Promise<void>;
  readonly state: "idle" | "transaction" | "failed" | "broken";
  /** Call once. Waits for what is running, leaves no transaction behind, and gives the connection back. Never rejects. */
  release(): Promise<void>;
}

export interface ConnectionParts {
  readonly source: Source;
  readonly client: ClientBase;
  /** Once it is given back. */
  readonly onRelease: () => void;
}

export type Run = (sql: string, parameters?: readonly unknown[]) => Promise<Outcome>;

export interface Outcome {
  readonly rows: Record<string, unknown>[];
  /** The word that PostgreSQL sums it up with: after a failed statement, COMMIT is answered by ROLLBACK. */
  readonly command: string;
}

/** A network that swallows what it is given must not hold up the end of a call. */
const finishMilliseconds = 10_000;

/** Of `getTransactionStatus`: idle, in a transaction, in one that has failed. */
const states: ReadonlyMap<unknown, Connection["state"]> = new Map([
  ["I", "idle"],
  ["T", "transaction"],
  ["E", "failed"],
]);

export function createConnection({ source, client, onRelease }: ConnectionParts): Connection {
  const line = createLine();

  const execute = async (sql: string, parameters: readonly unknown[]): Promise<Outcome> => {
    try {
      if (line.broken) throw new Error("The connection is lost.");
      return outcomeOf(await client.query(sql, parameters.length === 0 ? undefined : encodeParameters(parameters)));
    } catch (error) {
      if (isConnectionLost(error)) line.break();
      throw explainFailure(error);
    }
  };

  const connection: Connection = {
    get state() {
      return line.broken ? "broken" : (states.get(client.getTransactionStatus()) ?? "broken");
    },
    run: async (sql, parameters = []) => {
      let place: "waiting" | "running" | "settled" | "left" = "waiting";
      const statement = async (): Promise<Outcome> => {
        if (place === "left") return { rows: [], command: "" };
        place = "running";
        return execute(sql, parameters).finally(() => (place = "settled"));
      };
      const leave = (): void => {
        if (place === "waiting") place = "left";
        if (place !== "running") return;
        void source.cancel(client).then(() => place === "running" && line.break());
      };
      return whileCalled(() => line.enqueue(statement), leave);
    },
    finish: async (sql) => {
      const timer = setTimeout(() => line.break(), finishMilliseconds);
      await line.enqueue(() => execute(sql, [])).catch((): void => undefined);
      clearTimeout(timer);
    },
    release: async () => {
      await line.enqueue(() => Promise.resolve());
      if (connection.state === "transaction" || connection.state === "failed") await connection.finish("ROLLBACK");
      source.giveBack(client, connection.state === "idle" ? "sound" : "broken");
      onRelease();
    },
  };
  return connection;
}

/** Who stands in it is served in turn, until the connection breaks: then at once, to hear of it. */
interface Line {
  readonly broken: boolean;
  enqueue<T>(work: () => Promise<T>): Promise<T>;
  break(): void;
}

function createLine(): Line {
  let tail: Promise<unknown> = Promise.resolve();
  let broken = false;
  let dissolve = (): void => undefined;
  const dissolved = new Promise<void>((resolve) => {
    dissolve = resolve;
  });
  return {
    get broken() {
      return broken;
    },
    enqueue: async (work) => {
      const running = tail.then(work);
      tail = Promise.race([running.catch((): void => undefined), dissolved]);
      return running;
    },
    break: () => {
      broken = true;
      dissolve();
    },
  };
}

/** Their type is what the caller says it is. */
export function rowsOf<T>({ rows }: Outcome): T[] {
  return rows as T[];
}

/** Several statements in one text have several results: the last one counts. */
function outcomeOf(result: QueryResult | QueryArrayResult): Outcome {
  const results = [result].flat() as readonly QueryResult<Record<string, unknown>>[];
  const last = results.at(-1);
  return { rows: last?.rows ?? [], command: last?.command ?? "" };
}
