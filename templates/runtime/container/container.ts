// The providers of a generated container + what the server's tools need → what is made, for the server and for each
// call. The order of making is the generated code's; here is decided what is needed at all, and what happens when
// something cannot be made.
import { addBackground } from "../lifecycle/running.js";
import type { Container, NeedyTool, OpenContainer, Supply } from "../call/dependencies.js";
import { derive } from "../call/scope.js";
import { log } from "../logging/logger.js";
import type { Contracts } from "../call/tool-call.js";
import { describeFailedStart } from "./failure.js";
import { reach, type Providers } from "./reach.js";
import { createScope, type Failed, type Opening, type Scope } from "./scope.js";

export type { Opening } from "./scope.js";

export interface ContainerParts<Singletons extends object, Requests extends object> {
  /** By the name of what they make, each after all that it needs. */
  readonly providers: Providers;
  openSingletons?(open: Opening): Singletons | Promise<Singletons>;
  openRequest?(open: Opening, given: Contracts & Singletons): Requests | Promise<Requests>;
}

export function defineContainer<Singletons extends object, Requests extends object>(
  parts: ContainerParts<Singletons, Requests>,
): Container<Singletons & Requests> {
  return { open: (tools, overrides = {}) => openContainer(parts, tools, overrides) };
}

/** What the generated code knows of its own types matters no more here. */
type AnyParts = ContainerParts<object, object>;

function openContainer(parts: AnyParts, tools: readonly NeedyTool[], overrides: object): OpenContainer {
  const { providers } = parts;
  const needs = tools.flatMap((tool) => tool.needs ?? []);
  const scope = createScope({ needed: reach(needs, providers, overrides), overrides });
  let singletons: object = {};
  let failed = false;

  const start = async (): Promise<void> => {
    try {
      singletons = (await parts.openSingletons?.(scope.open)) ?? {};
    } catch (error) {
      failed = scope.failures.length > 0;
      const unclosed = await scope.close().catch((reason: unknown): unknown => reason);
      // Without a failure it was closed before it was open, or what is wrong with the settings says so itself.
      if (!failed) throw error;
      throw describeFailedStart({ failures: scope.failures, unclosed, providers, tools, overrides });
    }
  };
  const ready = start();
  // Who asks for it later hears of it all the same.
  ready.catch((): void => undefined);

  return {
    ready,
    supply: (needed) => createSupply({ parts, needed, overrides, scope, made: () => singletons }),
    // What a failed start could not close is part of its message.
    close: async () => (failed ? undefined : scope.close()),
  };
}

interface SupplyParts {
  readonly parts: AnyParts;
  readonly needed: readonly string[];
  readonly overrides: object;
  /** The server's. */
  readonly scope: Scope;
  readonly made: () => object;
}

function createSupply({ parts, needed, overrides, scope, made }: SupplyParts): Supply {
  const { providers } = parts;
  const reached = reach(needed, providers, overrides);
  const isPerCall = [...reached, ...needed].some((name) => providers[name]?.scope === "request");
  if (!isPerCall) return (contracts, work) => work(derive(contracts, made()));
  return async (contracts, work) => {
    const call = createScope({ needed: reached, overrides, isHeldElsewhere: (value) => scope.holds(value) });
    let failed: Failed | undefined;
    try {
      const given = derive(contracts, made());
      return await work(derive(given, (await parts.openRequest?.(call.open, given)) ?? {}));
    } catch (error) {
      failed = { error };
      throw error;
    } finally {
      addBackground(closeCall(call, providers, failed));
    }
  };
}

/** What could not be made or closed for a call is in the log; the error of the making is the call's answer. */
async function closeCall(call: Scope, providers: Providers, failed: Failed | undefined): Promise<void> {
  for (const { name } of call.failures)
    log.warn(`\`${name}\` could not be made for this call`, { provider: providers[name]?.provider });
  await call.close(failed).catch((error: unknown) => log.error("not everything could be closed", { error }));
}
