// What a process serves: answers that need nothing but the surface, at once; all others when the tools are loaded.
import type { ClientInfo } from "../call/environment.js";
import type { JsonObject } from "../call/tool-call.js";
import { errorCodes, protocolError, type Reply } from "./reply.js";
import type { Methods, ServerDefinition } from "./server.js";
import type { Identity, Surface } from "./surface.js";

export interface Service extends Identity {
  /** Answers of the surface alone. */
  readonly early: ReadonlyMap<string, (params: JsonObject) => Reply>;
  /** Undefined until the tools are loaded. */
  readonly methods: Methods | undefined;
  /** Begins to load them, once. Rejects with the reason why the server cannot start. */
  load(): Promise<unknown>;
}

export function createService(identity: Identity, start: () => Promise<ServerDefinition>): Service {
  let methods: Methods | undefined;
  let loading: Promise<unknown> | undefined;
  return {
    ...identity,
    early: earlyMethods(identity.surface),
    get methods() {
      return methods;
    },
    load: () =>
      (loading ??= start().then((server) => {
        methods = server.methods;
      })),
  };
}

function earlyMethods(surface: Surface): Service["early"] {
  let listed: Reply | undefined;
  const empty: Reply = { kind: "rendered", json: "{}" };
  return new Map<string, (params: JsonObject) => Reply>([
    ["ping", () => empty],
    [
      "tools/list",
      ({ cursor }) => {
        // The list is one page: a cursor can only be one that we never gave.
        if (typeof cursor === "string" && cursor !== "")
          return protocolError(errorCodes.invalidParams, "Unknown cursor");
        return (listed ??= { kind: "rendered", json: `{"tools":${JSON.stringify(surface.tools)}}` });
      },
    ],
  ]);
}

/** The revisions of the protocol that are spoken here, the newest first. */
export const protocolVersions: readonly string[] = [
  "2025-11-25",
  "2025-06-18",
  "2025-03-26",
  "2024-11-05",
  "2024-10-07",
];

/** What `initialize` tells about the client. */
interface Handshake {
  readonly service: Identity;
  client?: ClientInfo | undefined;
  version?: string | undefined;
}

/** A client that wants a revision which is not spoken here is told the newest, and decides. */
export function initialize(connection: Handshake, params: JsonObject = {}): Reply {
  const { protocolVersion, capabilities, clientInfo } = params;
  if (typeof protocolVersion !== "string" || !isObject(capabilities) || !isClientInfo(clientInfo)) {
    const message = "Invalid params: `initialize` tells protocolVersion, capabilities and clientInfo";
    return protocolError(errorCodes.invalidParams, message);
  }
  const { name, version } = connection.service;
  connection.client = clientInfo;
  connection.version = protocolVersions.find((known) => known === protocolVersion) ?? protocolVersions[0];
  return {
    kind: "result",
    result: {
      protocolVersion: connection.version,
      capabilities: capabilitiesOf(connection.service.surface),
      serverInfo: { name, version },
    },
  };
}

function capabilitiesOf({ tools }: Surface): object {
  return tools.length === 0 ? {} : { tools: {} };
}

function isClientInfo(value: unknown): value is ClientInfo {
  return isObject(value) && typeof value["name"] === "string" && typeof value["version"] === "string";
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
