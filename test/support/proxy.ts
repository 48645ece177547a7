/** The proxy of compose.yaml as a process of the test's own, and a name server that knows the addresses of its replicas as Docker's does. */
import { spawn, spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Where HAProxy is not installed, its tests are skipped; on CI they fail instead. Replicas have addresses that Linux alone has. */
export const hasProxy =
  (process.platform === "linux" && spawnSync("haproxy", ["-v"]).status === 0) || process.env["CI"] === "true";

export interface ProxyGiven {
  readonly folder: string;
  /** As compose.yaml has it. */
  readonly configuration: string;
  /** That the proxy listens on. */
  readonly port: number;
  readonly replicas: { readonly port: number; readonly addresses: readonly string[] };
}

export async function startProxy({ folder, configuration, port, replicas }: ProxyGiven) {
  const names = await startNameServer(replicas.addresses);
  const path = join(folder, "haproxy.cfg");
  const changed = configuration
    .replace("127.0.0.11:53", `127.0.0.1:${String(names.port)}`)
    .replace("bind :3000", `bind 127.0.0.1:${String(port)}`)
    .replace("server:3000", `server:${String(replicas.port)}`);
  writeFileSync(path, changed);
  const checked = spawnSync("haproxy", ["-c", "-f", path], { encoding: "utf8" });
  const child = spawn("haproxy", ["-db", "-f", path], { stdio: "ignore" });
  const close = async (): Promise<void> => {
    names.close();
    if (child.exitCode === null && child.kill()) await once(child, "exit");
  };
  return { checked: { status: checked.status, said: checked.stdout + checked.stderr }, close };
}

const aRecord = 1;

/** For questions of any name: the addresses, or nothing where others than of IPv4 are asked for. */
async function startNameServer(addresses: readonly string[]) {
  const socket = createSocket("udp4");
  socket.on("message", (message, { port, address }) => {
    const end = message.indexOf(0, 12) + 5;
    const question = message.subarray(12, end);
    const isKnown = message.readUInt16BE(end - 4) === aRecord;
    const answers = isKnown ? addresses.map(answerOf) : [];
    const head = Buffer.from([0, 0, 0x81, 0x80, 0, 1, 0, answers.length, 0, 0, 0, 0]);
    message.copy(head, 0, 0, 2);
    socket.send(Buffer.concat([head, question, ...answers]), port, address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return { port: socket.address().port, close: () => void socket.close() };
}

/** For the name in the question, for a second. */
function answerOf(address: string): Buffer {
  const head = [0xc0, 0x0c, 0, aRecord, 0, 1, 0, 0, 0, 1, 0, 4];
  return Buffer.from([...head, ...address.split(".").map(Number)]);
}
