/**
 * The part of the API that is easier said in Luau, since it may yield in the middle. The chunk is given the host's functions and
 * returns the global. It is loaded as hidden: no stack and no position tells of it.
 */

/**
 * `require`: gets `resolve(path, from) -> name`, `load(name) -> chunk` and the entry's name.
 *
 * A module runs without a `pcall` around it, so that its errors keep their stack. Whether it is still loading is seen
 * from its chunk standing on the stack of the coroutine that loads it. `from` is the file that required it first, so
 * that a circle can be told by walking up.
 */
export const REQUIRE_SOURCE = `
local resolve, load, entry = ...
local info, running, pcall, error, select = debug.info, coroutine.running, pcall, error, select
local insert, concat = table.insert, table.concat
local modules = {}

local function callerFile()
  local level = 3
  local source = info(level, "s")
  while source == "[C]" do
    level += 1
    source = info(level, "s")
  end
  return source or entry
end

local function isLoading(module)
  if module.done then
    return false
  end
  local level = 0
  local fn = info(module.thread, level, "f")
  while fn do
    if fn == module.chunk then
      return true
    end
    level += 1
    fn = info(module.thread, level, "f")
  end
  return false
end

local function counted(...)
  return select("#", ...), (...)
end

local function circle(name, from)
  local names = { name }
  local at = from
  while at do
    insert(names, 1, at)
    if at == name then
      return concat(names, " > ")
    end
    at = modules[at] and modules[at].from
  end
  return nil
end

return function(...)
  local path = ...
  local from = callerFile()
  local found, name
  if select("#", ...) == 0 then
    found, name = pcall(resolve)
  else
    found, name = pcall(resolve, path, from)
  end
  if not found then
    error(name, 2)
  end
  local module = modules[name]
  if name == entry or module and isLoading(module) then
    local names = circle(name, from)
    error(if names then "modules require each other in a circle: " .. names
      else "module " .. name .. " is still loading: it waits for the network", 2)
  end
  if not (module and module.done) then
    module = { chunk = load(name), thread = running(), from = from, done = false }
    modules[name] = module
    local count
    count, module.value = counted(module.chunk())
    if count ~= 1 then
      error(\`module {name} returns {if count == 0 then "nothing" else count .. " values"}, and must return exactly one value: end it with "return", or with "return nil" where there is nothing to give\`, 2)
    end
    module.done = true
  end
  return module.value
end
`;
