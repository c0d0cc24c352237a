/** Words that can never be names. */
export const KEYWORDS: ReadonlySet<string> = new Set([
  "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "if", "in", "local", "nil", "not", "or",
  "repeat", "return", "then", "true", "until", "while",
]);

/** Keywords that join operands, after which an operand is due. */
export const WORD_OPERATORS: ReadonlySet<string> = new Set(["and", "or", "not"]);

/** Words that stand for a value. */
export const CONSTANTS: ReadonlySet<string> = new Set(["true", "false", "nil"]);

/** Globals of Luau's standard library, and the table `zone`. */
export const BUILTINS: ReadonlySet<string> = new Set([
  "assert", "bit32", "buffer", "collectgarbage", "coroutine", "debug", "error", "gcinfo", "getfenv", "getmetatable", "ipairs",
  "loadstring", "math", "newproxy", "next", "os", "pairs", "pcall", "print", "rawequal", "rawget", "rawlen", "rawset", "require",
  "select", "setfenv", "setmetatable", "string", "table", "tonumber", "tostring", "type", "typeof", "unpack", "utf8", "vector",
  "warn", "xpcall", "_G", "_VERSION", "zone",
]);
