/**
 * Projects as people have them, for `npm run repositories`: an ES module and a CommonJS application over packages that read
 * their own files, are compiled for the machine or ask for optional peers; a workspace; and packages that ship their sources.
 */
export interface Application {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  /** Where mcpgen is called, and what it reads there. */
  readonly folder: string;
  readonly source: string;
  readonly calls: readonly (readonly [tool: string, given: Readonly<Record<string, unknown>>, text: string])[];
}

const dependencies = {
  bcrypt: "6.0.0",
  dayjs: "1.11.18",
  jsdom: "26.1.0",
  knex: "3.1.0",
  lodash: "4.17.21",
  next: "15.5.3",
  pdfkit: "0.17.2",
  pg: "8.16.3",
  "pg-hstore": "2.3.4",
  pino: "9.9.0",
  "pino-pretty": "13.0.0",
  "playwright-core": "1.55.0",
  react: "19.1.1",
  "react-dom": "19.1.1",
  sequelize: "6.37.7",
  "server-only": "0.0.1",
  sharp: "0.34.4",
};

const devDependencies = {
  "@types/bcrypt": "6.0.0",
  "@types/jsdom": "21.1.7",
  "@types/lodash": "4.17.20",
  "@types/node": "22.18.6",
  "@types/pdfkit": "0.17.3",
  typescript: "5.9.2",
};

/** `server$` is written as the module kind asks. */
const program = `import "server-only";
import bcrypt from "bcrypt";
import { JSDOM } from "jsdom";
import PDFDocument from "pdfkit";
import sharp from "sharp";
import pino from "pino";
import knex from "knex";
import { chromium } from "playwright-core";
import { DataTypes, Sequelize } from "sequelize";
import dayjs from "dayjs";
import lodash from "lodash";
import { NextResponse } from "next/server$";

/** Hashes a password and checks the hash. */
export async function hash(password: string): Promise<boolean> {
  return bcrypt.compare(password, await bcrypt.hash(password, 4));
}

/** Reads the title of a page. */
export function title(html: string): string {
  return new JSDOM(html).window.document.title;
}

/** Writes a document. */
export async function writePdf(text: string): Promise<boolean> {
  const document = new PDFDocument();
  const chunks: Buffer[] = [];
  document.on("data", (chunk: Buffer) => chunks.push(chunk));
  document.text(text).end();
  await new Promise((resolve) => document.on("end", resolve));
  return Buffer.concat(chunks).length > 500;
}

/** Paints a square. */
export async function image(size: number): Promise<number> {
  const square = { width: size, height: size, channels: 3 as const, background: "red" };
  const png = await sharp({ create: square }).png().toBuffer();
  return (await sharp(png).metadata()).width ?? 0;
}

/** Logs through a transport, which runs in a thread of its own. */
export function log(text: string): string {
  pino({ transport: { target: "pino-pretty", options: { destination: 2 } } }).info(text);
  return "logged";
}

/** Writes a query, for a driver that is loaded by a name made at run time. */
export function query(id: number): string {
  return knex({ client: "pg" }).select("name").from("users").where({ id }).toString();
}

/** Names the browser that there would be. */
export function browser(): string {
  return chromium.name();
}

/** Defines a model. */
export function model(name: string): string {
  return new Sequelize("postgres://localhost/app", { logging: false }).define(name, { text: DataTypes.STRING }).name;
}

/** Cuts into pieces. */
export function days(size: number): number {
  return lodash.chunk([1, 2, 3], size).length + dayjs("2020-01-01").date();
}

/** Answers as a route would. */
export async function answer(text: string): Promise<string> {
  return NextResponse.json({ text }).text();
}
`;

const calls: Application["calls"] = [
  ["hash", { password: "x" }, "true"],
  ["title", { html: "<title>t</title>" }, "t"],
  ["writePdf", { text: "x" }, "true"],
  ["image", { size: 4 }, "4"],
  ["log", { text: "x" }, "logged"],
  ["query", { id: 1 }, `select "name" from "users" where "id" = 1`],
  ["browser", {}, "chromium"],
  ["model", { name: "m" }, "m"],
  ["days", { size: 2 }, "3"],
  ["answer", { text: "a" }, '{"text":"a"}'],
];

const strict = { strict: true, skipLibCheck: true, esModuleInterop: true };

function application(
  name: string,
  type: "module" | "commonjs",
  compilerOptions: object,
  extension: string,
): Application {
  return {
    name,
    files: {
      "package.json": JSON.stringify({ name: "app", private: true, type, dependencies, devDependencies }),
      "tsconfig.json": JSON.stringify({ compilerOptions: { ...compilerOptions, ...strict }, include: ["src"] }),
      "src/app.ts": program.replace("server$", `server${extension}`),
    },
    folder: ".",
    source: "src",
    calls,
  };
}

const workspace: Application = {
  name: "a workspace",
  files: {
    "package.json": JSON.stringify({ name: "root", private: true, workspaces: ["packages/*"] }),
    "packages/units/package.json": JSON.stringify({ name: "@house/units", version: "1.0.0", main: "src/index.ts" }),
    "packages/units/src/index.ts": `import { readFileSync } from "node:fs";
import { join } from "node:path";

export const unit = (): string => readFileSync(join(__dirname, "unit.txt"), "utf8").trim();
`,
    "packages/units/src/unit.txt": "m\n",
    "packages/api/package.json": JSON.stringify({
      name: "@house/api",
      version: "1.0.0",
      dependencies: { "@house/units": "1.0.0", dayjs: "1.11.18" },
      devDependencies: { "@types/node": "22.18.6" },
    }),
    "packages/api/tsconfig.json": JSON.stringify({
      compilerOptions: { module: "commonjs", target: "es2022", moduleResolution: "node", ...strict },
      include: ["src"],
    }),
    "packages/api/src/measure.ts": `import { unit } from "@house/units";
import dayjs from "dayjs";

/** Measures. */
export function measure(length: number): string {
  return length + unit() + dayjs("2020-01-02").date();
}
`,
  },
  folder: "packages/api",
  source: "src",
  calls: [["measure", { length: 3 }, "3m2"]],
};

/** What a package exports from its own sources, compiled by no options but mcpgen's. */
function shipped(name: string, version: string, module: string): Application {
  return {
    name,
    files: {
      "package.json": JSON.stringify({
        name: "sources",
        private: true,
        type: "module",
        dependencies: { [name]: version },
      }),
      "tsconfig.json": JSON.stringify({
        compilerOptions: {
          ...{ target: "es2022", module: "esnext", moduleResolution: "bundler", strict: false, skipLibCheck: true },
          ...{ allowImportingTsExtensions: true, noEmit: true },
        },
        include: ["src"],
      }),
      "src/index.ts": `export * from "../node_modules/${name}/${module}";\n`,
    },
    folder: ".",
    source: "src",
    calls: [],
  };
}

export const applications: readonly Application[] = [
  application("an ES module", "module", { module: "nodenext", target: "es2022" }, ".js"),
  application("CommonJS", "commonjs", { module: "commonjs", moduleResolution: "node", target: "es2020" }, ""),
  workspace,
  shipped("tldts", "7.5.5", "index.ts"),
  shipped("chrono-node", "2.10.3", "src/index.ts"),
];
