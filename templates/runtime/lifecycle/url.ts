// URLs with a user and a password, as the environment has them.

/** Undefined where it is none, or where a `/`, `?` or `#` in its password ended the host: the `@` comes too late then. */
export function parseSecretUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isCut = url !== undefined && (/@/.test(url.pathname + url.hash) || /^\?[^=]*@/.test(url.search));
  return isCut ? undefined : url;
}
