-- token, form, version, data ('' for none), ttl ms
-- 1 if it was filled
local l = redis.pcall('HGET', KEYS[1], 'l')
if l ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'f', ARGV[2], 'v', ARGV[3])
if ARGV[4] ~= '' then redis.call('HSET', KEYS[1], 'd', ARGV[4]) end
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return 1
