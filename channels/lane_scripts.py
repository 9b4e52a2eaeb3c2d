"""The Lua of the lanes. A script is one step: Redis runs it whole and writes it whole.

Keys of a lane `<lane>`, times in milliseconds:
`<lane>:<conversation>` stream of its entries, oldest first; `<lane>:ready` conversations with work,
scored by when they are due, danger by URGENT earlier, so that it comes before any time that is none,
and what was put behind the rest by BEHIND later;
`<lane>:leased` conversations in work, scored by when the lease ends; `<lane>:holder` who holds it (a
number that is never given twice); `<lane>:urgent` the last urgent entry; `<lane>:tries` how often the
first entry was claimed; `<lane>:begun` the entry whose effect outside may already have happened;
`<lane>:waiting` conversations scored by when their first entry came; `<lane>:parked` stream of entries
that were given up, for a person to look at.
"""

from channels.address_book import KNOWN, person_key
from channels.limits import LET_THROUGH

FIELDS = ", ".join(f"'{field}'" for field in KNOWN)

COMMON = """
local URGENT, BEHIND = 1e13, 1e13

local function append(lane, conversation, body, mark, urgent, now)
  local entries = lane .. ':' .. conversation
  local id = redis.call('XADD', entries, '*', 'body', body, 'mark', mark, 'at', now)
  redis.call('ZADD', lane .. ':waiting', 'NX', now, conversation)
  if urgent then redis.call('HSET', lane .. ':urgent', conversation, id) end
  if redis.call('ZSCORE', lane .. ':leased', conversation) then return end
  if urgent then
    -- Danger does not wait for a retry of what stands before it.
    redis.call('ZADD', lane .. ':ready', 'LT', now - URGENT, conversation)
  else
    redis.call('ZADD', lane .. ':ready', 'NX', now, conversation)
  end
  redis.call('PUBLISH', lane .. ':wake', '')
end

local function append_once(lane, conversation, body, mark, urgent, key, now)
  -- Two days: as long as a provider may hand the same message over again.
  if redis.call('SET', lane .. ':seen:' .. key, now, 'NX', 'EX', 172800) then
    append(lane, conversation, body, mark, urgent, now)
  end
end

local function forget_try(lane, conversation)
  redis.call('HDEL', lane .. ':tries', conversation)
  redis.call('HDEL', lane .. ':begun', conversation)
end

local function release(lane, conversation)
  redis.call('ZREM', lane .. ':leased', conversation)
  redis.call('HDEL', lane .. ':holder', conversation)
end

local function put_back(lane, conversation, at, behind)
  release(lane, conversation)
  local first = redis.call('XRANGE', lane .. ':' .. conversation, '-', '+', 'COUNT', 1)[1]
  if not first then
    redis.call('DEL', lane .. ':' .. conversation)
    redis.call('ZREM', lane .. ':waiting', conversation)
    redis.call('HDEL', lane .. ':urgent', conversation)
    forget_try(lane, conversation)
    return
  end
  redis.call('ZADD', lane .. ':waiting', first[2][6], conversation)
  if redis.call('HEXISTS', lane .. ':urgent', conversation) == 1 then
    at = at - URGENT
  elseif behind then
    at = at + BEHIND
  end
  redis.call('ZADD', lane .. ':ready', at, conversation)
  redis.call('PUBLISH', lane .. ':wake', '')
end

local function cancel(lane, conversation)
  redis.call('DEL', lane .. ':' .. conversation)
  redis.call('ZREM', lane .. ':ready', conversation)
  redis.call('ZREM', lane .. ':waiting', conversation)
  redis.call('HDEL', lane .. ':urgent', conversation)
  forget_try(lane, conversation)
  -- Whoever is at work on it has lost it, and can neither finish nor delay what comes next.
  release(lane, conversation)
end

local function held(lane, conversation, holder)
  return redis.call('HGET', lane .. ':holder', conversation) == holder
end

local function first_due(lane, now)
  for _, range in ipairs({ { '-inf', now - URGENT }, { 0, now }, { BEHIND, now + BEHIND } }) do
    local found = redis.call('ZRANGEBYSCORE', lane .. ':ready', range[1], range[2], 'LIMIT', 0, 1)
    if found[1] then return found[1] end
  end
end
"""

APPEND = f"""{COMMON}
local lane, conversation, body, mark, urgent, key, now = unpack(ARGV)
append_once(lane, conversation, body, mark, urgent == '1', key, tonumber(now))
"""

CLAIM = f"""{COMMON}
local lane, now, lease_end = ARGV[1], tonumber(ARGV[2]), ARGV[3]
local leased = lane .. ':leased'
for _, conversation in ipairs(redis.call('ZRANGEBYSCORE', leased, '-inf', now, 'LIMIT', 0, 100)) do
  put_back(lane, conversation, now)
end
while true do
  local conversation = first_due(lane, now)
  if not conversation then return nil end
  redis.call('ZREM', lane .. ':ready', conversation)
  local entry = redis.call('XRANGE', lane .. ':' .. conversation, '-', '+', 'COUNT', 1)[1]
  if entry then
    local holder = redis.call('INCR', lane .. ':holders')
    redis.call('HSET', lane .. ':holder', conversation, holder)
    redis.call('ZADD', leased, lease_end, conversation)
    local tries = redis.call('HINCRBY', lane .. ':tries', conversation, 1)
    local begun = redis.call('HGET', lane .. ':begun', conversation) == entry[1] and 1 or 0
    local more = first_due(lane, now) and 1 or 0
    local known = redis.call('HMGET', '{person_key("")}' .. conversation, {FIELDS})
    return {{
      conversation, entry[1], entry[2][2], entry[2][4], tostring(holder), tries, begun, more, known
    }}
  end
end
"""

# Which of these lanes have something that is due, or a lease that ran out.
DUE = f"""{COMMON}
local now, found = tonumber(ARGV[1]), {{}}
for i = 2, #ARGV do
  local late = redis.call('ZCOUNT', ARGV[i] .. ':leased', '-inf', now)
  if late > 0 or first_due(ARGV[i], now) then found[#found + 1] = ARGV[i] end
end
return found
"""

RENEW = f"""{COMMON}
local lane, conversation, holder, lease_end = unpack(ARGV)
if not held(lane, conversation, holder) then return 0 end
redis.call('ZADD', lane .. ':leased', lease_end, conversation)
return 1
"""

# Answers whether the effect begins, the place of the brake that holds it back, 0 for none, and how long.
BEGIN = f"""{COMMON}{LET_THROUGH}
local lane, conversation, holder, id, now = unpack(ARGV, 1, 5)
if not held(lane, conversation, holder) then return {{0, 0, 0}} end
for i = 6, #ARGV, 4 do
  local name, member, most, length = unpack(ARGV, i, i + 3)
  local wait = let_through(name, member, tonumber(most), tonumber(length), tonumber(now))
  if wait > 0 then return {{0, (i - 2) / 4, wait}} end
end
redis.call('HSET', lane .. ':begun', conversation, id)
return {{1, 0, 0}}
"""

# how: 'done' removes the entry, 'park' does so and keeps it aside with its error, 'later' keeps it until
# `at`, 'behind' does so behind what is new, 'wait' without counting a try; 'broke' keeps it too, and 'back'
# undoes the claim of a worker that stops, both with what was begun: nobody knows how that ended.
SETTLING = """
local function settle(given)
  local lane, conversation, holder, id, how, now, at, error = unpack(given, 1, 8)
  if not held(lane, conversation, holder) then return 0 end
  now, at = tonumber(now), tonumber(at)
  if how == 'park' then
    local body = redis.call('XRANGE', lane .. ':' .. conversation, id, id)[1][2][2]
    redis.call('XADD', lane .. ':parked', '*',
      'conversation', conversation, 'body', body, 'error', error, 'at', now)
  end
  if how == 'done' or how == 'park' then
    redis.call('XDEL', lane .. ':' .. conversation, id)
    if redis.call('HGET', lane .. ':urgent', conversation) == id then
      redis.call('HDEL', lane .. ':urgent', conversation)
    end
    forget_try(lane, conversation)
  elseif how == 'later' or how == 'behind' then
    redis.call('HDEL', lane .. ':begun', conversation)
  elseif how ~= 'broke' then
    redis.call('HINCRBY', lane .. ':tries', conversation, -1)
    if how == 'wait' then redis.call('HDEL', lane .. ':begun', conversation) end
  end
  for i = 9, #given, 6 do
    local to, whose, body, mark, urgent, key = unpack(given, i, i + 5)
    append_once(to, whose, body, mark, urgent == '1', key, now)
  end
  put_back(lane, conversation, at, how == 'behind')
  return 1
end
"""

SETTLE = f"""{COMMON}{SETTLING}
return settle(ARGV)
"""

CANCEL = f"""{COMMON}
cancel(ARGV[1], ARGV[2])
"""

# A replayed entry has the mark that the caller gives it, whatever mark it had.
REPLAY = f"""{COMMON}
local lane, id, mark, now = unpack(ARGV)
local parked = redis.call('XRANGE', lane .. ':parked', id, id)[1]
if not parked then return 0 end
append(lane, parked[2][2], parked[2][4], mark, false, tonumber(now))
redis.call('XDEL', lane .. ':parked', id)
return 1
"""
