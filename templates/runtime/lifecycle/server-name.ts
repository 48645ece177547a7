// The name of the server that this process runs, for what is made once and belongs to no call.

let latest = "server";

export function nameServer(name: string): void {
  latest = name;
}

export function serverName(): string {
  return latest;
}
