import { describe, expect, it } from "vitest";
import { run } from "./support/run-program.ts";

/** What ended a program, which must be an error. */
async function failureOf(files: Record<string, string> | string, options: Parameters<typeof run>[1] = {}) {
  const program = await run(files, options);
  await program.until(() => program.error !== undefined);
  const { text, message, chunk, line, stack } = program.error!;
  return { text, message, place: `${chunk}:${line}`, stack };
}

describe("the place of an error is the script's own line", () => {
  it.each([
    // Raised by the language, by `error`, by the library, by functions of the host.
    ["an operator", "\nlocal x = nil + 1", "main.luau:2", "attempt to perform arithmetic (add) on nil and number"],
    ["error", "\nerror('boom')", "main.luau:2", "boom"],
    ["error, level 0", "\nerror('boom', 0)", "main.luau:2", "boom"],
    ["error, level 2", "local function f()\n\terror('boom', 2)\nend\n\nf()", "main.luau:5", "boom"],
    ["error, level 3", "local function f()\n\terror('boom', 3)\nend\nlocal function g()\n\tf()\nend\ng()", "main.luau:7", "boom"],
    ["error, a level beyond the stack", "\nerror('boom', 9)", "main.luau:2", "boom"],
    ["error with a number", "\nerror(42, 0)", "main.luau:2", "42"],
    ["error with nil", "\nerror()", "main.luau:2", "nil"],
    ["error with a table", "\nerror({ code = 1 })", "main.luau:2", "(the error value is a table)"],
    ["error with an object that shows itself", "\nerror(setmetatable({}, { __tostring = function() return 'shown' end }))", "main.luau:2", "shown"],
    ["assert", "\nassert(false, 'why')", "main.luau:2", "why"],
    ["a library function", "\nstring.rep()", "main.luau:2", "missing argument #1 to 'rep' (string expected)"],
    ["a function of the host", "\nzone.byteStream.new('middle')", "main.luau:2", `invalid argument #1 to 'new' ("little" or "big" expected, got "middle")`],
    ["a method called with a dot", "\nlocal s = zone.byteStream.new()\ns.tell()", "main.luau:3", "'tell' must be called with ':' on a ByteStream"],
    // Texts that look like a place.
    ["an address and a port", "\nerror('10.0.0.5:8080: no answer', 0)", "main.luau:2", "10.0.0.5:8080: no answer"],
    ["a time", "\nerror('12:30: too late', 0)", "main.luau:2", "12:30: too late"],
    ["another line of the file", "\nerror('main.luau:77: a lie', 0)", "main.luau:2", "main.luau:77: a lie"],
    ["a line that is on the stack", "local function f()\n\terror('main.luau:5: a lie', 0)\nend\n\nf()", "main.luau:2", "main.luau:5: a lie"],
    ["another file", "\nerror('other.luau:1: a lie', 0)", "main.luau:2", "other.luau:1: a lie"],
    ["a place within", "\nerror('main.luau:9: a lie')", "main.luau:2", "main.luau:9: a lie"],
    ["an assertion about an address", "\nassert(nil, '10.0.0.5:8080: no answer')", "main.luau:2", "10.0.0.5:8080: no answer"],
    // Metamethods.
    [
      "__tostring that gives nil, printed",
      "local a = setmetatable({}, { __tostring = function(self) return self.name end })\nprint('account:', a)",
      "main.luau:2",
      "'__tostring' must return a string",
    ],
    [
      "__tostring that gives nil, warned",
      "local a = setmetatable({}, { __tostring = function() end })\n\nwarn(a)",
      "main.luau:3",
      "'__tostring' must return a string",
    ],
    [
      "__tostring that gives nil, logged",
      "local a = setmetatable({}, { __tostring = function() end })\n\nzone.system.log(1, a)",
      "main.luau:3",
      "'__tostring' must return a string",
    ],
    ["__tostring that fails, printed", "local a = setmetatable({}, { __tostring = function()\n\terror('inside')\nend })\nprint(a)", "main.luau:2", "inside"],
    [
      "__tostring that raises a table, printed",
      "local a = setmetatable({}, { __tostring = function()\n\terror({})\nend })\nprint(a)",
      "main.luau:2",
      "(the error value is a table)",
    ],
    ["__index", "local a = setmetatable({}, { __index = function()\n\terror('inside')\nend })\nlocal b = a.x", "main.luau:2", "inside"],
    [
      "__add without a number",
      "local a = setmetatable({}, { __add = function(l, r)\n\treturn l.x.y\nend })\nlocal b = a + 1",
      "main.luau:2",
      "attempt to index nil with 'y'",
    ],
    ["a sort comparator", "table.sort({ 3, 2, 1 }, function()\n\terror('inside')\nend)", "main.luau:2", "inside"],
    ["a gsub callback", "string.gsub('a', 'a', function()\n\terror('inside')\nend)", "main.luau:2", "inside"],
    // Coroutines, and errors that are caught and raised again.
    ["a coroutine, by wrap", "local f = coroutine.wrap(function()\n\terror('inside')\nend)\n\nf()", "main.luau:5", "main.luau:2: inside"],
    [
      "a coroutine, raised again as it is",
      "local co = coroutine.create(function()\n\terror('inside')\nend)\nlocal _, e = coroutine.resume(co)\nerror(e, 0)",
      "main.luau:2",
      "inside",
    ],
    [
      "a caught error, raised again as it is",
      "local _, e = pcall(function()\n\tlocal t = nil\n\treturn t.x\nend)\nprint(e)\nerror(e, 0)",
      "main.luau:3",
      "attempt to index nil with 'x'",
    ],
    ["a caught error, raised again", "local _, e = pcall(function()\n\terror('inside')\nend)\nerror(e)", "main.luau:4", "main.luau:2: inside"],
    [
      "a caught error with words in front",
      "local _, e = pcall(function()\n\terror('inside')\nend)\nerror('while starting: ' .. e, 0)",
      "main.luau:4",
      "while starting: main.luau:2: inside",
    ],
    [
      "what an xpcall handler makes of it",
      "local _, e = xpcall(function()\n\terror('inside')\nend, function(e)\n\treturn e .. '!'\nend)\nerror(e, 0)",
      "main.luau:6",
      "main.luau:2: inside!",
    ],
    [
      "an xpcall handler that fails",
      "local ok, e = xpcall(function()\n\terror('inside')\nend, function()\n\terror('again')\nend)\nerror(e, 0)",
      "main.luau:6",
      "error in error handling",
    ],
    [
      "an old caught error, after many others",
      "local _, e = pcall(function()\n\terror('first')\nend)\nfor i = 1, 40 do pcall(error, 'x' .. i) end\nerror(e, 0)",
      "main.luau:2",
      "first",
    ],
    // Deep stacks.
    ["a stack overflow", "local function f()\n\treturn 1 + f()\nend\nf()", "main.luau:2", "stack overflow"],
    ["an error far down", "local function f(n)\n\tif n == 0 then\n\t\terror('deep')\n\tend\n\treturn 1 + f(n - 1)\nend\nf(10000)", "main.luau:3", "deep"],
    // Callbacks.
    ["zone.init", "function zone.init()\n\terror('inside')\nend", "main.luau:2", "inside"],
    ["zone.update", "function zone.update()\n\tlocal t = nil\n\tt.x = 1\nend", "main.luau:3", "attempt to index nil with 'x'"],
    ["a callback that is no function", "zone.update = 5", "undefined:undefined", "zone.update is set to something that is not a function"],
    // Strings that are run.
    ["loadstring", "\nlocal f = loadstring('\\n\\nerror(\"inside\")')\nf()", "main.luau:3", "inside"],
    ["loadstring under the name of a file", "\nlocal f = loadstring('\\n\\n\\n\\n\\nerror(\"inside\")', '=main.luau')\nf()", "main.luau:3", "inside"],
    ["loadstring under the name of hidden code", "\nlocal f = loadstring('error(\"inside\")', '=[host]')\nf()", "main.luau:3", "inside"],
    [
      "what loadstring says, raised",
      "local f, e = loadstring('x =')\nerror(e, 0)",
      "main.luau:2",
      "loadstring:1: Expected identifier when parsing expression, got <eof>",
    ],
    // Waiting.
    ["connecting", "local client = zone.socket.client.new()\n\nclient:listen('127.0.0.1', 1, print)", "main.luau:3", "127.0.0.1:1"],
    ["connecting, by the engine's name", "local client = zone.socket.client.new()\n\nclient:connect('127.0.0.1', 1, print)", "main.luau:3", "127.0.0.1:1"],
    ["a second delay", "zone.system.delay(0)\nzone.system.delay(-1)", "main.luau:2", "delay takes 0 to 86400 seconds, got -1"],
    // Modules.
    ["no module", "\nrequire('./nowhere')", "main.luau:2", 'there is no module "./nowhere"'],
    ["no path", "\nrequire()", "main.luau:2", "missing argument #1 to 'require' (string expected)"],
  ])("%s", async (_, source, place, message) => {
    const failure = await failureOf(source);
    expect(failure.place).toBe(place);
    expect(failure.message).toContain(message);
    expect(failure.stack.map(({ chunk }) => chunk)).not.toContain("[host]");
  });

  it.each([
    ["an error in a module", "\nreturn nil + 1", "lib.luau:2", "attempt to perform arithmetic (add) on nil and number"],
    ["a module that cannot be compiled", "\n\nlocal x =", "lib.luau:3", "Expected identifier when parsing expression, got <eof>"],
    ["an error of a module's function", "return function()\n\n\terror('inside')\nend", "lib.luau:3", "inside"],
    ["one that is laid at the caller's door", "return function()\n\terror('yours', 2)\nend", "main.luau:3", "yours"],
    ["a loop without end in a module", "local n = 0\nwhile true do n += 1 end", "lib.luau:2", "the script ran for longer than its budget"],
  ])("%s", async (_, source, place, message) => {
    const failure = await failureOf({ "main.luau": "\nlocal f = require('./lib')\nf()", "lib.luau": source }, { entryBudgetMs: 100 });
    expect(failure.place).toBe(place);
    expect(failure.message).toContain(message);
  });

  it("a module that cannot be compiled, caught and raised again", async () => {
    const failure = await failureOf({ "main.luau": "local ok, e = pcall(require, './lib')\nprint(e)\nerror(e, 0)", "lib.luau": "\n\nlocal x =" });
    expect(failure).toMatchObject({
      place: "lib.luau:3",
      text: "lib.luau:3: Expected identifier when parsing expression, got <eof>",
      message: "Expected identifier when parsing expression, got <eof>",
    });
  });

  it.each([
    ["print", "while true do\n\tprint()\nend"],
    ["print of values", "while true do\n\tprint(1, 'a', {})\nend"],
    ["warn", "while true do\n\twarn('x')\nend"],
    ["require", "while true do\n\trequire('./lib')\nend"],
    ["require of nothing, caught", "while true do\n\tpcall(require, './nowhere')\nend"],
    ["tostring", "local o = setmetatable({}, { __tostring = function() return 'x' end })\nwhile true do print(o) end"],
  ])("an endless loop of %s is stopped at its own line", async (_, source) => {
    const failure = await failureOf({ "main.luau": source, "lib.luau": "return 1" }, { entryBudgetMs: 100 });
    expect(failure.place).toMatch(/^main\.luau:[12]$/);
    expect(failure.text).toBe(`${failure.place}: the script ran for longer than its budget of 100 ms`);
  });

  it("print shows what tostring shows, and a script's own tostring changes nothing", async () => {
    const program = await run(`
      local named = setmetatable({}, { __tostring = function() return "named" end, __name = "x" })
      print(1, -0.5, 1e300, true, nil, "a\\0b", named, vector.one)
      print() print(nil) print("", "")
      warn("w", 2)
      print(pcall(print, setmetatable({}, { __tostring = function() error({ code = 7 }) end })))
      print((string.gsub(tostring(print), "0x%x+", "")), (string.gsub(tostring({}), "0x%x+", "")))
    `);
    await program.ended();
    expect(program.error?.text).toBeUndefined();
    expect(program.printed.slice(0, 4)).toEqual(["1\t-0.5\t1e+300\ttrue\tnil\ta\0b\tnamed\t1, 1, 1", "", "nil", "\t"]);
    expect(program.texts("warn")).toEqual(["w\t2"]);
    expect(program.printed[4]).toMatch(/^false\ttable: 0x/);
    expect(program.printed[5]).toBe("function: \ttable: ");
  });
});
