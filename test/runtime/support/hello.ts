// What a client says first.

export const hello = {
  protocolVersion: "2025-11-25",
  capabilities: {},
  clientInfo: { name: "probe", version: "9" },
};
