-- what is known ('something', 'this', 'before'), version, and for 'this': version replaced, form, data, ttl ms
-- 0 left | 1 removed | 2 replaced
local e = redis.pcall('HMGET', KEYS[1], 'v', 'd')
if not e.err and e[1] and e[2] and e[1] ~= '' then
  if ARGV[1] ~= 'something' and e[1] == ARGV[2] then return 0 end
  if ARGV[1] == 'before' and e[1] > ARGV[2] then return 0 end
  if ARGV[1] == 'this' and e[1] == ARGV[3] then
    redis.call('DEL', KEYS[1])
    redis.call('HSET', KEYS[1], 'f', ARGV[4], 'v', ARGV[2], 'd', ARGV[5])
    redis.call('PEXPIRE', KEYS[1], ARGV[6])
    return 2
  end
end
return redis.call('DEL', KEYS[1])
