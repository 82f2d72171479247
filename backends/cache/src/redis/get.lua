-- form, token (or ''), lease ms
-- {1, v, ms left, d} entry, without d if it says that there is no item | {2, token} somebody fills
-- | {0} the lease was taken | {3} nothing
local e = redis.pcall('HMGET', KEYS[1], 'f', 'v', 'd', 'l')
if e.err then
  redis.call('DEL', KEYS[1])
  e = {}
end
if e[2] then
  if e[1] == ARGV[1] then return {1, e[2], redis.call('PTTL', KEYS[1]), e[3]} end
  redis.call('DEL', KEYS[1])
elseif e[4] then
  return {2, e[4]}
end
if ARGV[2] == '' then return {3} end
local set = redis.pcall('HSET', KEYS[1], 'l', ARGV[2])
if type(set) == 'table' and set.err then
  -- A server that is full gives no lease, but it still has entries, and can be told of writes.
  if string.find(set.err, 'OOM', 1, true) then return {3} end
  return set
end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return {0}
