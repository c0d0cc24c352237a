/** A program that runs unchanged in Luau and in Lua 5.4, and what it must come to. */
export interface VmProgram {
  readonly name: string;
  /** What it does most, in a few words. */
  readonly what: string;
  readonly source: string;
  readonly result: number;
}

/** Each takes about a tenth of a second. They use nothing that only one of the languages has, and no number that a double does not hold. */
export const VM_PROGRAMS: readonly VmProgram[] = [
  {
    name: "loop",
    what: "ten million turns of a numeric loop",
    source: `
      local sum = 0
      for i = 1, 10000000 do
        sum = sum + i
      end
      return sum`,
    result: 50_000_005_000_000,
  },
  {
    name: "fib",
    what: "832,039 calls of a recursive function",
    source: `
      local function fib(n)
        if n < 2 then
          return n
        end
        return fib(n - 1) + fib(n - 2)
      end
      return fib(29)`,
    result: 514_229,
  },
  {
    name: "sieve",
    what: "an array of truth values",
    source: `
      local limit = 1000000
      local composite = {}
      for i = 1, limit do
        composite[i] = false
      end
      local primes = 0
      for i = 2, limit do
        if not composite[i] then
          primes = primes + 1
          for j = i * i, limit, i do
            composite[j] = true
          end
        end
      end
      return primes`,
    result: 78_498,
  },
  {
    name: "gsub",
    what: "patterns over a text",
    source: `
      local text = string.rep("GET /index.html?name=value&other=thing HTTP/1.1\\r\\n", 400)
      local count = 0
      for round = 1, 40 do
        local _, words = string.gsub(text, "%a+", "word")
        local _, pairs = string.gsub(text, "(%w+)=(%w+)", "%2=%1")
        local _, ends = string.gsub(text, "%s*HTTP/%d%.%d\\r?\\n", function(line)
          return #line > 0 and "\\n" or nil
        end)
        count = count + words + pairs + ends
      end
      return count`,
    result: 176_000,
  },
  {
    name: "table",
    what: "records in a list, fields, sorting",
    source: `
      local sum = 0
      for round = 1, 20 do
        local list = {}
        for i = 1, 2000 do
          list[#list + 1] = { id = i, key = (i * 7919) % 2003, name = "n" .. i % 100 }
        end
        table.sort(list, function(a, b)
          return a.key < b.key
        end)
        local byName = {}
        for index, item in ipairs(list) do
          byName[item.name] = (byName[item.name] or 0) + item.id + index
        end
        for _, total in pairs(byName) do
          sum = sum + total
        end
      end
      return sum`,
    result: 80_040_000,
  },
  {
    name: "strings",
    what: "making, cutting and joining strings",
    source: `
      local length = 0
      for round = 1, 20 do
        local parts = {}
        for i = 1, 2000 do
          local line = string.format("%05d:%s", i, string.rep("x", i % 10))
          parts[#parts + 1] = string.upper(string.sub(line, 2, -1)) .. "," .. string.byte(line, 5)
        end
        local joined = table.concat(parts, ";")
        length = length + #joined
        local from = 1
        while true do
          local at = string.find(joined, ";", from, true)
          if not at then
            break
          end
          length = length + 1
          from = at + 1
        end
      end
      return length`,
    result: 579960,
  },
  {
    name: "pcall",
    what: "protected calls, every fiftieth of which fails",
    source: `
      local function work(i)
        if i % 50 == 0 then
          error("fault")
        end
        return i
      end
      local good, bad = 0, 0
      for i = 1, 300000 do
        local ok = pcall(work, i)
        if ok then
          good = good + 1
        else
          bad = bad + 1
        end
      end
      return good * 10 + bad`,
    result: 2_946_000,
  },
];
