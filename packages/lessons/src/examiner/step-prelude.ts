/**
 * `zone.check.step`: gets `begin(id, seconds) -> boolean`, `finish(fault, mistake)`, which waits
 * until all of the step is over, and `failure()`, which waits until that is known and gives a table that tells how it has failed, or nil.
 * In Luau, since it runs the author's function inside of a `pcall` that may wait. Loaded as hidden: no stack tells of it.
 */
export const STEP_SOURCE = `
local begin, finish, failure = ...
local pcall, tostring, type, error, typeof = pcall, tostring, type, error, typeof

return function(id, body, options)
  if type(id) ~= "string" then
    error(\`invalid argument #1 to 'step' (string expected, got {typeof(id)})\`, 2)
  end
  if type(body) ~= "function" then
    error(\`invalid argument #2 to 'step' (function expected, got {typeof(body)})\`, 2)
  end
  if options ~= nil and type(options) ~= "table" then
    error(\`invalid argument #3 to 'step' (table expected, got {typeof(options)})\`, 2)
  end
  local seconds = options and options.seconds
  local begun, problem = pcall(begin, id, seconds)
  if not begun then
    error(problem, 2)
  end
  if not problem then
    return
  end
  local ok, err = pcall(body)
  local failed = failure()
  local fault, mistake = nil, nil
  if failed then
    if options and options.diagnose then
      local told, name = pcall(options.diagnose, failed)
      if told then
        mistake = name
      else
        fault = tostring(name)
      end
    end
  elseif not ok then
    fault = tostring(err)
  end
  finish(fault, mistake)
end
`;
