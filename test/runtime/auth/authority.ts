// An authorization server as small as one can be: metadata, keys, introspection, and tokens of every kind.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from "jose";

export const audience = "https://mcp.example.com/mcp";

export interface SigningKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

export async function createKey(kid: string, alg = "ES256"): Promise<SigningKey> {
  return { kid, alg, ...(await generateKeyPair(alg, { extractable: true })) };
}

export interface Authority {
  readonly issuer: string;
  readonly introspection: string;
  /** What it publishes. */
  keys: readonly SigningKey[];
  /** Answers with 500, whatever it is asked. */
  isDown: boolean;
  /** What it says of tokens that it is asked about. */
  known: Readonly<Record<string, object>>;
  /** The paths that were asked for, with what was sent. */
  readonly requests: { readonly path: string; readonly body: string; readonly authorization: string | undefined }[];
  close(): Promise<void>;
}

export async function startAuthority(keys: readonly SigningKey[]): Promise<Authority> {
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    request.on("end", () => void answer({ authority, request, response, body }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/realm`;
  const authority: Authority = {
    issuer,
    introspection: `${issuer}/introspect`,
    keys,
    isDown: false,
    known: {},
    requests: [],
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return authority;
}

interface Asked {
  readonly authority: Authority;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: string;
}

async function answer({ authority, request, response, body }: Asked): Promise<void> {
  const path = request.url ?? "/";
  authority.requests.push({ path, body, authorization: request.headers.authorization });
  const found = authority.isDown ? undefined : await documentOf(authority, path, body);
  response.writeHead(authority.isDown ? 500 : found === undefined ? 404 : 200, { "content-type": "application/json" });
  response.end(JSON.stringify(found ?? {}));
}

async function documentOf({ issuer, keys, known }: Authority, path: string, body: string): Promise<object | undefined> {
  switch (path) {
    // Of the three places that clients look in, the last.
    case "/realm/.well-known/openid-configuration":
      return { issuer, jwks_uri: `${issuer}/keys` };
    case "/realm/keys": {
      const published = keys.map(async ({ kid, alg, publicKey }) => ({ ...(await exportJWK(publicKey)), kid, alg }));
      return { keys: await Promise.all(published) };
    }
    case "/realm/introspect":
      return known[new URLSearchParams(body).get("token") ?? ""] ?? { active: false };
    default:
      return undefined;
  }
}

export const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1_000) + seconds;

/** A token that holds, but for what is changed. */
export async function sign(
  issuer: string,
  key: SigningKey,
  { header = {}, ...claims }: Readonly<Record<string, unknown>> & { readonly header?: object } = {},
): Promise<string> {
  const payload = { iss: issuer, aud: audience, sub: "ann", scope: "orders:read", exp: inSeconds(300), ...claims };
  return new SignJWT(payload).setProtectedHeader({ alg: key.alg, kid: key.kid, ...header }).sign(key.privateKey);
}
