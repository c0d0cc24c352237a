import type { ErrorSubject, LuauRuntimeError } from "@playground/luau-wasm";
import type { ErrorExplanation } from "../reference/error-explanations.ts";
import { nearestName } from "./nearest-name.ts";
import { lineOf } from "./source-line.ts";

/** Luau's own words for an instruction that failed. A name in them is at most 64 bytes long. */
const CALLED = /^attempt to call a (\w{1,64}) value$/;
const INDEXED_NIL = /^attempt to index nil with (?:'([^'\n]{1,64})'|\w{1,64})$/;
const MISSING_METHOD = /^attempt to call missing method '[^'\n]{1,64}' of /;
const ARITHMETIC = /^attempt to perform arithmetic \((\w{1,16})\) on (\w{1,64})(?: and (\w{1,64}))?$/;
const CONCATENATED = /^attempt to concatenate (\w{1,64}) with (\w{1,64})$/;
const COMPARED = /^attempt to compare (\w{1,64}) [<=>]{1,2} (\w{1,64})$/;
const LENGTH = /^attempt to get length of a (\w{1,64}) value$/;
const ITERATED = /^attempt to iterate over a (\w{1,64}) value$/;
const READ_ONLY = "attempt to modify a readonly table";

/** The words of functions about how they were called, the library's and the host's. */
const ARGUMENT = /^(?:invalid|missing) argument #(\d{1,3}) to '(\w{1,64})' \((\w{1,64}) expected(?:, got (\w{1,64}))?\)$/;
const PORT = /^invalid argument #\d{1,3} to '\w{1,64}' \(a port is a whole number from (\d{1,5}) to (\d{1,5}), got/;
const TOO_FEW_BYTES = /^(read\w{0,20}) at position \d{1,16} needs /;
const SOCKET_IN_USE = /^this Socket(?:Server listens on|Client is connected to) .{1,300} already; /;
const DOT_CALL = /^'(\w{1,64})' must be called with ':' /;

/** An element that no ordinary table has. */
const ZERO_INDEX = /\[ ?0 ?\]/;

/** Names that a file declares. */
const DECLARED = /\b(?:local function|function|local)[ \t]{1,8}(\w{1,64})/g;

/**
 * What an error of a script was about, where that can be told from what the VM knows: who raised it, its words, the
 * value that the failed instruction was about, and the names in the source of its file. Errors that a script raises
 * itself are never explained, whatever their text says.
 *
 * @param source of the file that the error is in; undefined where there is none
 * @param budgetMs milliseconds that an entry may take
 */
export function explainRuntimeError(error: LuauRuntimeError, source: string | undefined, budgetMs: number): ErrorExplanation | undefined {
  switch (error.code) {
    case "interrupted":
      return { kind: "budget", seconds: budgetMs / 1000 };
    case "memory":
      return error.origin === "script" ? undefined : { kind: "memory" };
    case "stack-overflow":
      return error.origin === "script" ? undefined : { kind: "stack-overflow" };
    case "runtime":
      if (error.origin === "operation") return explainOperation(error.message, error.subject, source, error.line);
      return error.origin === "function" ? explainArgument(error.message) : undefined;
  }
}

function explainOperation(
  message: string,
  subject: ErrorSubject | undefined,
  source: string | undefined,
  line: number | undefined,
): ErrorExplanation | undefined {
  const name = subject?.path;
  const named = name === undefined ? {} : { name };
  const operand = (type: string) => ({
    ...named,
    type,
    ...(type === "nil" && line !== undefined && ZERO_INDEX.test(lineOf(source ?? "", line)) && { isZeroIndexed: true }),
  });
  const missing = { ...named, ...(subject?.isGlobal === true && { isGlobal: true }) } as const;
  let match = CALLED.exec(message);
  if (match?.[1] === "nil" || (match === null && MISSING_METHOD.test(message))) {
    return { kind: "nil-called", ...missing, ...nearest(subject, source) };
  }
  if (match !== null) return { kind: "not-callable", ...named, type: match[1]! };
  match = INDEXED_NIL.exec(message);
  if (match !== null) {
    const field = match[1];
    return { kind: "nil-indexed", ...missing, ...(field !== undefined && { field }), ...nearest(subject, source) };
  }
  match = ARITHMETIC.exec(message);
  if (match !== null) {
    const [whole, operation, ...types] = match;
    const type = oddOne([whole, ...types], "number");
    return { kind: "arithmetic", ...operand(type), ...(operation === "add" && type === "string" && { isSum: true }) };
  }
  match = CONCATENATED.exec(message);
  if (match !== null) return { kind: "concatenation", ...operand(oddOne(match, "string", "number")) };
  match = COMPARED.exec(message);
  if (match !== null) return { kind: "comparison", ...operand(oddOne(match, "number")) };
  match = LENGTH.exec(message);
  if (match !== null) return { kind: "length", ...operand(match[1]!) };
  match = ITERATED.exec(message);
  if (match !== null) return { kind: "iteration", ...operand(match[1]!) };
  return message === READ_ONLY ? { kind: "read-only" } : undefined;
}

function explainArgument(message: string): ErrorExplanation | undefined {
  const [, index, name, expected, got] = ARGUMENT.exec(message) ?? [];
  if (name !== undefined && expected !== undefined)
    return { kind: "argument", index: Number(index), function: name, expected, ...(got !== undefined && { got }) };
  const [, least, most] = PORT.exec(message) ?? [];
  if (least !== undefined) return { kind: "port", least: Number(least), most: Number(most) };
  const reader = TOO_FEW_BYTES.exec(message)?.[1];
  if (reader !== undefined) return { kind: "too-few-bytes", method: reader };
  if (SOCKET_IN_USE.test(message)) return { kind: "socket-in-use" };
  const method = DOT_CALL.exec(message)?.[1];
  return method === undefined ? undefined : { kind: "dot-call", method };
}

/** Of the types of two operands the one that does not fit. */
function oddOne([, first = "", second = first]: readonly (string | undefined)[], ...fitting: readonly string[]): string {
  return fitting.includes(first) ? second : first;
}

/** The name that was probably meant: one of those that the last name of the path was looked for among, or that the file declares. */
function nearest(subject: ErrorSubject | undefined, source: string | undefined): { nearest?: string } {
  if (subject === undefined) return {};
  const { path } = subject;
  const front = path.slice(0, Math.max(path.lastIndexOf("."), path.lastIndexOf(":")) + 1);
  const names = front === "" && subject.isGlobal ? [...subject.members, ...declaredNames(source)] : subject.members;
  const found = nearestName(path.slice(front.length), names);
  return found === undefined ? {} : { nearest: front + found };
}

function* declaredNames(source = ""): Generator<string> {
  for (const [, name] of source.matchAll(DECLARED)) if (name !== undefined && name !== "function") yield name;
}
