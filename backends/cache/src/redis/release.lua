-- token
local l = redis.pcall('HGET', KEYS[1], 'l')
if l == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 0
