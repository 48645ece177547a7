// Connections of a source, lent one at a time to each holder. Each is given back, whatever happens.
import { createConnection, type Connection } from "./connection.js";
import { explainFailure } from "./failure.js";
import { countHeld } from "./holding.js";
import { whileCalled } from "./limits.js";
import type { Source } from "./source.js";
import { createTurns } from "./turns.js";

export interface ConnectionPool {
  readonly streams: Source["streams"];
  /** Within the limits of the running call. */
  acquire(): Promise<Connection>;
  /** Refuses whoever still comes, waits for the holders, and closes the connections. */
  close(): Promise<void>;
}

export function createPool(source: Source): ConnectionPool {
  const turns = createTurns(source.max);

  const connect = async () => {
    try {
      return await source.connect();
    } catch (error) {
      throw explainFailure(error);
    }
  };

  const pool: ConnectionPool = {
    streams: source.streams,
    acquire: async () => {
      if (countHeld(pool) >= source.max) throw new Error(waitsForItself);
      await turns.take();
      const connecting = connect();
      try {
        const client = await whileCalled(() => connecting);
        return createConnection({ source, client, onRelease: turns.leave });
      } catch (error) {
        // A connection that comes after the call has left is for others.
        const late = connecting.then((client) => source.giveBack(client, "sound")).catch((): void => undefined);
        void late.finally(turns.leave);
        throw error;
      }
    },
    close: async () => {
      await turns.close();
      await source.close();
    },
  };
  return pool;
}

const waitsForItself =
  "This call holds every connection and asks for another one. Inside of a transaction use what it hands over.";
