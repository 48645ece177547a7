/** The functions of bench/sample/shop as a server of the official SDK has them, written by hand as its documentation does. */
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import * as z from "zod";
import { add, lookup, order, search } from "../../sample/shop/functions.js";
import { toolSuffixes } from "../tool-names.js";

/** Every tool has schemas of its own, as 100 real tools would. */
export function createServer(tools: number): McpServer {
  const server = new McpServer({ name: "bench", version: "1.0.0" });
  for (const suffix of toolSuffixes(tools)) {
    registerSmall(server, suffix);
    registerOrder(server, suffix);
  }
  return server;
}

function registerSmall(server: McpServer, suffix: string): void {
  const sum = { a: z.number().describe("The first number."), b: z.number().describe("The second number.") };
  server.registerTool(`add${suffix}`, { description: "Add two numbers.", inputSchema: sum }, ({ a, b }) => ({
    content: [{ type: "text", text: String(add(a, b)) }],
  }));
  const query = {
    query: z.string().min(1).describe("What to look for."),
    limit: z.number().int().min(1).max(100).default(10).describe("How many results."),
    tags: z.array(z.string()).optional().describe("Only results with these tags."),
    sort: z.enum(["asc", "desc"]).optional().describe("The order of the results."),
  };
  const found = {
    items: z.array(z.object({ id: z.string(), title: z.string(), score: z.number() })).describe("The results."),
    total: z.number().int().describe("How many there are in all."),
  };
  server.registerTool(
    `search${suffix}`,
    { description: "Search the catalogue.", inputSchema: query, outputSchema: found },
    ({ query, limit, tags, sort }) => structured({ ...search(query, limit, tags, sort) }),
  );
  server.registerTool(
    `lookup${suffix}`,
    {
      description: "Look an item up, in a service that takes 5 ms.",
      inputSchema: { id: z.string().min(1).max(64).describe("The item's id.") },
      outputSchema: { id: z.string(), name: z.string(), stock: z.number() },
    },
    async ({ id }) => structured({ ...(await lookup(id)) }),
  );
}

function registerOrder(server: McpServer, suffix: string): void {
  const line = z.object({
    sku: z.string().min(1).describe("Article."),
    qty: z.number().int().min(1).max(1000).describe("How many."),
    price: z.number().min(0).describe("Price of one."),
    note: z.string().exactOptional().describe("A note."),
  });
  const customer = z.object({
    name: z.string().min(1).describe("Full name."),
    email: z.string().describe("Email address."),
    phone: z.string().exactOptional().describe("Phone number."),
  });
  const address = z.object({
    street: z.string().describe("Street and number."),
    city: z.string().describe("City."),
    zip: z
      .string()
      .regex(/^[0-9]{5}$/)
      .describe("Zip code."),
    country: z.string().length(2).describe("Country code."),
  });
  const inputSchema = {
    orderId: z
      .string()
      .regex(/^o-[0-9]+$/)
      .describe("The order's id."),
    customer: customer.describe("Who ordered."),
    address: address.describe("Where to ship it."),
    items: z.array(line).min(1).max(100).describe("The order's lines."),
    status: z.enum(["draft", "placed", "paid", "shipped"]).describe("Where it stands."),
    coupon: z.string().exactOptional().describe("Coupon code."),
  };
  server.registerTool(`order${suffix}`, { description: "Summarise an order.", inputSchema }, (given) => ({
    content: [{ type: "text", text: order(given) }],
  }));
}

function structured(content: Record<string, unknown>): {
  content: { type: "text"; text: string }[];
  structuredContent: Record<string, unknown>;
} {
  return { content: [{ type: "text", text: JSON.stringify(content) }], structuredContent: content };
}
