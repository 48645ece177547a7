// An object → one that stands for it, whose calls of some methods are intercepted. Methods run on the object itself,
// so that its private members and its `this` are what they were; what it calls of itself is not intercepted.

/** Makes the call; may be made again. */
export type Invoke = () => unknown;

export interface Interception {
  readonly methods: readonly string[];
  readonly intercept: (method: string, invoke: Invoke) => Promise<unknown>;
}

export function standFor<T extends object>(made: T, interception: Interception): T {
  const stand: { readonly in: T } = {
    in: new Proxy(
      {} as T,
      forward(
        made,
        createMethods(made, interception, () => stand.in),
      ),
    ),
  };
  return stand.in;
}

type Callable = (...args: readonly unknown[]) => unknown;

/** The same function for the same method, whenever it is asked for. */
function createMethods<T extends object>(made: T, { methods, intercept }: Interception, standIn: () => T) {
  const known = new WeakMap<Callable, Callable>();
  const intercepted: ReadonlySet<unknown> = new Set(methods);
  return (key: string | symbol, method: Callable): Callable => {
    const earlier = known.get(method);
    if (earlier) return earlier;
    const replaced = new Proxy(method, {
      apply(_, self, args: readonly unknown[]) {
        const invoke = (): unknown => Reflect.apply(method, self === standIn() ? made : self, args);
        if (typeof key === "string" && intercepted.has(key)) return intercept(key, invoke);
        const result = invoke();
        return result === made ? standIn() : result;
      },
    });
    known.set(method, replaced);
    return replaced;
  };
}

/** All on the object itself; the proxy's own target is empty, so a frozen object can be stood for too. */
function forward<T extends object>(
  made: T,
  methodOf: (key: string | symbol, method: Callable) => Callable,
): ProxyHandler<T> {
  const read = (key: string | symbol): unknown => {
    const value: unknown = Reflect.get(made, key);
    return typeof value === "function" && key !== "constructor" ? methodOf(key, value as Callable) : value;
  };
  return {
    get: (_, key) => read(key),
    set: (_, key, value) => Reflect.set(made, key, value),
    has: (_, key) => Reflect.has(made, key),
    deleteProperty: (_, key) => Reflect.deleteProperty(made, key),
    ownKeys: () => Reflect.ownKeys(made),
    getPrototypeOf: () => Reflect.getPrototypeOf(made),
    defineProperty: (_, key, descriptor) => Reflect.defineProperty(made, key, descriptor),
    preventExtensions: () => false,
    getOwnPropertyDescriptor(_, key) {
      const found = Reflect.getOwnPropertyDescriptor(made, key);
      if (!found) return undefined;
      return { ...found, ...("value" in found && { value: read(key) }), configurable: true };
    },
  };
}
