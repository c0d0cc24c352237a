/**
 * The parts of the API that are easier said in Luau: what may yield in the middle (`require`), and what needs the
 * language's own `tostring` (`print`). Each chunk is given the host's functions and returns the global.
 */

/** What stacks call the code of this file; frames of it are not shown. */
export const PRELUDE_CHUNK = "zone";

/** `print` and `warn`: gets the host's writer. */
export const PRINT_SOURCE = `
local write = ...
local select, tostring, concat, create = select, tostring, table.concat, table.create
return function(...)
  local count = select("#", ...)
  local parts = create(count)
  for index = 1, count do
    parts[index] = tostring((select(index, ...)))
  end
  write(concat(parts, "\\t"))
end
`;

/**
 * \`require\`: gets \`resolve(path, from) -> name\`, \`load(name) -> chunk\` and the entry's name.
 * \`from\` of a module is the file that required it first, so that a cycle can be told by walking up.
 */
export const REQUIRE_SOURCE = `
local resolve, load, entry = ...
local info, pcall, error, insert, concat = debug.info, pcall, error, table.insert, table.concat
local modules = { [entry] = { loading = true } }

local function chain(name, from)
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

return function(path)
  local from = info(2, "s")
  local name = resolve(path, from)
  local module = modules[name]
  if module and module.loading then
    local cycle = chain(name, from)
    error(if cycle then "modules require each other in a circle: " .. cycle
      else "module " .. name .. " is still loading: it waits for the network", 2)
  end
  if module then
    return module.value
  end
  local chunk = load(name)
  module = { loading = true, from = from }
  modules[name] = module
  local loaded, value = pcall(chunk)
  if not loaded then
    modules[name] = nil
    error(value, 0)
  end
  module.loading = false
  module.value = value
  return value
end
`;
