/** The page of `mcpgen dev` over HTTP: its files, the drawing of the server, and what happens as events. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { readPageFile } from "../../pages/index.js";
import { findRefusal } from "./admission.js";
import type { Environment, Feed } from "./feed.js";

/** What a source comes to, for people. */
export interface Drawing {
  /** A page that stands by itself. */
  readonly graph: string;
  /** The source files of the tools by their names. */
  readonly files: Readonly<Record<string, string>>;
  /** The variables of the environment that are secret. */
  readonly secrets: readonly string[];
}

export interface SiteParts {
  readonly feed: Feed;
  /** Of the newest build that went well; undefined where there is none. */
  readonly draw: () => Promise<Drawing | undefined>;
  /** What the server finds in it. */
  readonly environment: () => Environment;
}

export interface Site {
  /** A build has gone well: who watches is told what its tools are. */
  refresh(): void;
  /** False where the path is not one of the page's. */
  serve(request: IncomingMessage, response: ServerResponse): boolean;
}

const types = { html: "text/html", css: "text/css", js: "text/javascript" } as const;

/** Where each file of the page is found; below templates/pages. */
const files: ReadonlyMap<string, PageFile> = new Map<string, PageFile>([
  ["/", ["dev/index.html", "html"]],
  ["/page/base.css", ["base.css", "css"]],
  ["/page/dev.css", ["dev/dev.css", "css"]],
  ...["main", "client", "dom", "feed", "form", "result", "schema", "tools"].map((name): [string, PageFile] => [
    `/page/${name}.js`,
    [`dev/${name}.js`, "js"],
  ]),
]);

type PageFile = readonly [file: string, type: keyof typeof types];

/** Nothing comes from elsewhere, nothing goes there, and no other page holds this one in a frame. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; media-src data:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const guarded = {
  "cache-control": "no-store",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
} as const;

export function createSite({ feed, draw, environment }: SiteParts): Site {
  let watching = 0;
  const tellDrawing = async (): Promise<void> => {
    const drawing = await draw().catch(() => undefined);
    if (!drawing) return;
    feed.hide(environment(), drawing.secrets);
    feed.files(drawing.files);
  };
  const showGraph = async (response: ServerResponse): Promise<void> => {
    const drawing = await draw();
    // It says itself what it may run.
    const head = { ...guarded, "content-security-policy": "frame-ancestors 'self'" };
    if (drawing) response.writeHead(200, { ...head, "content-type": "text/html; charset=utf-8" }).end(drawing.graph);
    else refuse(response, 503, "There is no build to draw yet.");
  };
  const stream = async (response: ServerResponse): Promise<void> => {
    watching += 1;
    response.once("close", () => {
      watching -= 1;
    });
    // Nothing is shown before it is known what is secret.
    await tellDrawing();
    if (!response.destroyed) openEvents(response, feed);
  };
  return {
    refresh: () => {
      if (watching > 0) void tellDrawing();
    },
    serve: (request, response) => {
      const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
      const file = files.get(path);
      if (file === undefined && path !== "/events" && path !== "/graph") return false;
      const refusal = findRefusal(request);
      if (refusal !== undefined) refuse(response, 403, refusal);
      else if (request.method !== "GET") refuse(response.setHeader("allow", "GET"), 405, "Only GET.");
      else if (file !== undefined) sendFile(response, file);
      else if (path === "/events") void stream(response);
      else
        showGraph(response).catch((cause: unknown) => {
          refuse(response, 500, cause instanceof Error ? cause.message : String(cause));
        });
      return true;
    },
  };
}

function sendFile(response: ServerResponse, [file, type]: PageFile): void {
  const head = { ...guarded, "content-security-policy": policy, "content-type": `${types[type]}; charset=utf-8` };
  response.writeHead(200, head).end(readPageFile(file));
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  response.writeHead(status, { ...guarded, "content-type": "text/plain; charset=utf-8" }).end(`${reason}\n`);
}

/** Who reads too slowly is let go, and comes again by itself: an EventSource does. */
const mostUnread = 4_000_000;

function openEvents(response: ServerResponse, feed: Feed): void {
  response.writeHead(200, { ...guarded, "content-type": "text/event-stream" });
  response.write("event: begin\ndata: {}\n\n");
  const end = feed.watch((news) => {
    response.write(`data: ${JSON.stringify(news)}\n\n`);
    if (response.writableLength > mostUnread) response.destroy();
  });
  response.once("close", end);
}
