// What Redis does in one step. Entries are kept as `<when> <generation of each tag>\n<header>\n<text>`; a tag's
// generation is a word that changes with each invalidation. A lost generation forgets, it never brings back.

/**
 * Keeps an entry unless a tag has another generation than when it was looked at.
 * Keys: the entry, the tags. Arguments: lifetime, header and text, a new generation and its lifetime, the generations
 * that were seen (`*` for any: there the new one takes the place of none).
 */
export const fillScript = `
local seen = ''
for i = 2, #KEYS do
  local generation = redis.call('GET', KEYS[i]) or ''
  local expected = ARGV[i + 3]
  if expected ~= '*' and generation ~= expected then return 0 end
  if generation == '' then
    generation = ARGV[3]
    redis.call('SET', KEYS[i], generation, 'PX', ARGV[4])
  end
  seen = seen .. ' ' .. generation
end
local time = redis.call('TIME')
local now = time[1] .. string.format('%06d', time[2])
redis.call('SET', KEYS[1], now .. seen .. '\\n' .. ARGV[2], 'PX', ARGV[1])
return 1`;

/** Gives tags a new generation and tells everybody. Arguments: the generation, its lifetime, channel and message. */
export const invalidateScript = `
for i = 1, #KEYS do redis.call('SET', KEYS[i], ARGV[1], 'PX', ARGV[2]) end
return redis.call('PUBLISH', ARGV[3], ARGV[4])`;

/** Gives a lease back if it is still its owner's, and tells those who wait. Arguments: owner, channel, message. */
export const releaseScript = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return redis.call('PUBLISH', ARGV[2], ARGV[3])`;
