// Numbers that grow from holder to holder of a lock, also after a restart: microseconds, or one more than the last.

let last = 0n;

export function nextFence(): bigint {
  const now = BigInt(Date.now()) * 1_000n;
  last = now > last ? now : last + 1n;
  return last;
}
