// undici's dispatcher, for functions that ask for that one: pooled connections of its own, closed after the last call.
import { Agent, type Dispatcher } from "undici";

export async function* openDispatcher(): AsyncGenerator<Dispatcher, void> {
  const agent = new Agent({ connect: { timeout: 5_000 } });
  try {
    yield agent;
  } finally {
    // Whatever is still under way belongs to nobody any more.
    await agent.destroy();
  }
}
