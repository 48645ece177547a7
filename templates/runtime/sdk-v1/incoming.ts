// Makes a checked message one that the SDK takes: what it does not take, it would leave unanswered.
import { InitializeRequestSchema, type JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js";
import { refuse, type ReadMessage } from "../dispatch/message.js";
import { errorCodes } from "../dispatch/reply.js";

export type Incoming =
  { readonly kind: "message"; readonly message: JSONRPCMessage } | Exclude<ReadMessage, { readonly kind: "message" }>;

export function toIncoming(read: ReadMessage): Incoming {
  if (read.kind !== "message") return read;
  const message = withoutTask(read.message);
  if ("method" in message && message.method === "initialize" && "id" in message) {
    const isComplete = InitializeRequestSchema.safeParse(message).success;
    if (!isComplete)
      return refuse(
        message.id,
        errorCodes.invalidParams,
        "Invalid params: `initialize` tells protocolVersion, capabilities and clientInfo",
      );
  }
  return { kind: "message", message };
}

const relatedTask = "io.modelcontextprotocol/related-task";

/** We offer no tasks: a request to run as one runs as any other, as the protocol demands. */
function withoutTask(message: object): JSONRPCMessage {
  const { params } = message as { readonly params?: Fields };
  if (params === undefined) return message as JSONRPCMessage;
  const meta = params["_meta"] as Fields | undefined;
  const own = without(params, "task");
  return {
    ...message,
    params: meta === undefined ? own : { ...own, _meta: without(meta, relatedTask) },
  } as JSONRPCMessage;
}

type Fields = Readonly<Record<string, unknown>>;

function without(fields: Fields, key: string): Fields {
  return key in fields ? Object.fromEntries(Object.entries(fields).filter(([name]) => name !== key)) : fields;
}
