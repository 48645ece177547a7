/** Projects as people have them, small: what `mcpgen init` meets, and what it makes of it. */
export interface Application {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  /** Said of what cannot be served. */
  readonly refused: readonly string[];
  /** mcpgen.json, afterwards. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly call: readonly string[];
  readonly answer: string;
  /** Said of the configs around the output. */
  readonly byHand: readonly string[];
}

export const applications: readonly Application[] = [
  {
    name: "Express with services",
    files: {
      "package.json": `{
  "name": "shop-api",
  "type": "module",
  "scripts": {
    "dev": "node src/main.ts"
  },
  "devDependencies": {
    "jest": "29.7.0"
  }
}
`,
      "tsconfig.json": `{
  // strict, as we like it
  "compilerOptions": { "strict": true, "module": "nodenext", "target": "es2022", "outDir": "dist" }
}
`,
      "src/services/orders.ts": `export interface Order { id: string; total: number }
const orders = new Map<string, Order>();
/** Finds an order. */
export function findOrder(id: string): Order | undefined { return orders.get(id); }
/** Places an order. */
export function placeOrder(id: string, total: number): Order { const o = { id, total }; orders.set(id, o); return o; }
/** Watches. */
export function watchOrders(listener: (order: Order) => void): void { for (const o of orders.values()) listener(o); }
`,
      "src/services/prices.ts": `/** Adds tax. */
export function addTax(price: number, rate = 0.2): number { return price * (1 + rate); }
`,
      "src/routes/orders.ts": `import { findOrder } from "../services/orders.js";
interface Request { params: Record<string, string>; next: () => void }
interface Response { json(body: unknown): void }
export function getOrder(req: Request, res: Response): void { res.json(findOrder(req.params["id"] ?? "")); }
export function health(_req: Request, res: Response): void { res.json({ ok: true }); }
`,
    },
    refused: ["watchOrders   refused: `listener` is a function (MG301)"],
    config: {
      source: "src",
      out: "server",
      functions: ["services/orders.ts#findOrder", "services/orders.ts#placeOrder", "services/prices.ts"],
    },
    call: ["addTax", "--price", "100"],
    answer: "120",
    byHand: ["jest.testPathIgnorePatterns"],
  },
  {
    name: "Next with lib",
    files: {
      "package.json": `{ "name": "web", "private": true, "scripts": {},
  "devDependencies": { "vitest": "4.1.12" } }
`,
      "tsconfig.json": `{
  "compilerOptions": {
    "target": "ES2017", "lib": ["dom", "dom.iterable", "esnext"], "strict": true, "noEmit": true, "module": "esnext",
    "moduleResolution": "bundler", "jsx": "preserve", "paths": { "@/*": ["./*"] }
  },
  "include": ["**/*.ts", "**/*.tsx"],
  "exclude": ["node_modules"]
}
`,
      "eslint.config.mjs": `export default [];
`,
      "app/page.tsx": `export default function Page() { return null; }
`,
      "lib/format.ts": `/** Formats a price. */
export function formatPrice(cents: number, currency: "EUR" | "USD" = "EUR"): string {
  return \`\${cents / 100} \${currency}\`;
}
/** Class names. */
export function cn(...names: (string | undefined)[]): string { return names.filter(Boolean).join(" "); }
`,
      "lib/catalog.ts": `import { formatPrice } from "@/lib/format";
export interface Product { slug: string; title: string; price: string }
/** Finds products. */
export async function searchProducts(query: string, limit = 10): Promise<Product[]> {
  const found = ["Cup", "Cap"].filter((title) => title.toLowerCase().includes(query)).slice(0, limit);
  return found.map((title) => ({ slug: title.toLowerCase(), title, price: formatPrice(900) }));
}
export function withRetry<T>(work: () => Promise<T>): Promise<T> { return work(); }
`,
    },
    refused: ["refused: `work` is a function (MG301)"],
    config: { source: "lib", out: "server", functions: ["catalog.ts#searchProducts", "format.ts"] },
    call: ["searchProducts", "--query", "cu"],
    answer: "9 EUR",
    byHand: [
      'eslint.config.mjs: a further entry { ignores: ["server/**"] }',
      'exclude: [...configDefaults.exclude, "server/**"]',
    ],
  },
  {
    name: "Nest-like classes",
    files: {
      "package.json": `{
  "name": "@acme/users-api",
  "scripts": { "start": "nest start" },
  "devDependencies": { "jest": "30.0.0" },
  "jest": { "rootDir": "src", "testRegex": ".*\\\\.spec\\\\.ts$" }
}
`,
      "tsconfig.json": `{
  "compilerOptions": {
    "module": "commonjs", "moduleResolution": "node10", "target": "ES2021",
    "outDir": "./dist", "ignoreDeprecations": "6.0",
    "experimentalDecorators": true, "emitDecoratorMetadata": true, "strict": false
  }
}
`,
      ".eslintrc.js": `module.exports = { ignorePatterns: [".eslintrc.js"] };
`,
      "src/users/users.service.ts": `export interface User { id: number; name: string }
function Injectable(): ClassDecorator { return () => undefined; }
@Injectable()
export class UsersService {
  private readonly users: User[] = [{ id: 1, name: "Ada" }];
  findOne(id: number): User | undefined { return this.users.find((u) => u.id === id); }
}
`,
      "src/users/users.functions.ts": `import { UsersService } from "./users.service";
/** Makes the service. @provider */
export function usersService(): UsersService { return new UsersService(); }
/** Finds a user. */
export function findUser(id: number, users: UsersService): { id: number; name: string } | null {
  return users.findOne(id) ?? null;
}
`,
      "src/main.ts": `export async function bootstrap(app: { listen(port: number): Promise<void> }) {
  await app.listen(3000);
}
`,
    },
    refused: ["bootstrap   refused: `app.listen` is a function (MG301)"],
    config: { source: "src", out: "server", functions: ["users/users.functions.ts"] },
    call: ["findUser", "--id", "1"],
    answer: "Ada",
    byHand: ['.eslintrc.js: ignorePatterns: ["server/"]'],
  },
];
