// Which provider stands for which type: `providers(…)` and `bind<…>()`. mcpgen reads both when it builds; they do
// nothing when they run.

/** Says that where `Interface` is needed, what is provided as `Concrete` is given. */
export interface Binding<Interface, Concrete extends Interface> {
  readonly bound?: (concrete: Concrete) => Interface;
}

/** Providers and bindings that belong together; a set may be part of another. */
export interface ProviderSet {
  readonly members: readonly unknown[];
}

export function bind<Interface, Concrete extends Interface>(): Binding<Interface, Concrete> {
  return {};
}

/** Each member is a function, a set or a binding, named directly: nothing is computed. */
export function providers(...members: readonly unknown[]): ProviderSet {
  return { members };
}
