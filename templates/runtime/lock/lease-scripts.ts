// What Redis does in one step for a lock: take it, renew it, give it back. Only its holder, known by a token, can do
// the last two.

/** KEYS: the lock, its last fence. ARGV: token, milliseconds. Answers with the fence, or nothing where another one
 * holds it; who asks again because it has heard nothing is the same one. */
export const takeScript = `
local holder = redis.call("get", KEYS[1])
if holder and holder ~= ARGV[1] then return false end
redis.call("set", KEYS[1], ARGV[1], "px", ARGV[2])
local time = redis.call("time")
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local last = tonumber(redis.call("get", KEYS[2]) or "0")
local fence = string.format("%.0f", math.max(now, last + 1))
redis.call("set", KEYS[2], fence, "px", 86400000)
return fence`;

/** KEYS: the lock. ARGV: token, milliseconds. */
export const renewScript = `
if redis.call("get", KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call("pexpire", KEYS[1], ARGV[2])`;

/** KEYS: the lock. ARGV: token. */
export const releaseScript = `
if redis.call("get", KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call("del", KEYS[1])`;
