/**
 * What a worker with a VM keeps of its global scope: the language, clocks, the way to the page, and the WebSocket to the
 * bridge. A list of what stays, so that what browsers come to have later goes too.
 */
const KEPT = new Set([
  // The language (ECMA-262, section 19) and WebAssembly.
  "AggregateError",
  "Array",
  "ArrayBuffer",
  "AsyncDisposableStack",
  "Atomics",
  "BigInt",
  "BigInt64Array",
  "BigUint64Array",
  "Boolean",
  "DataView",
  "Date",
  "DisposableStack",
  "Error",
  "EvalError",
  "FinalizationRegistry",
  "Float16Array",
  "Float32Array",
  "Float64Array",
  "Function",
  "Infinity",
  "Int16Array",
  "Int32Array",
  "Int8Array",
  "Intl",
  "Iterator",
  "JSON",
  "Map",
  "Math",
  "NaN",
  "Number",
  "Object",
  "Promise",
  "Proxy",
  "RangeError",
  "ReferenceError",
  "Reflect",
  "RegExp",
  "Set",
  "SharedArrayBuffer",
  "String",
  "SuppressedError",
  "Symbol",
  "SyntaxError",
  "TypeError",
  "URIError",
  "Uint16Array",
  "Uint32Array",
  "Uint8Array",
  "Uint8ClampedArray",
  "WeakMap",
  "WeakRef",
  "WeakSet",
  "WebAssembly",
  "decodeURI",
  "decodeURIComponent",
  "encodeURI",
  "encodeURIComponent",
  "escape",
  "eval",
  "globalThis",
  "isFinite",
  "isNaN",
  "parseFloat",
  "parseInt",
  "undefined",
  "unescape",
  // Clocks, texts, chance.
  "TextDecoder",
  "TextEncoder",
  "cancelAnimationFrame",
  "clearInterval",
  "clearTimeout",
  "console",
  "crypto",
  "performance",
  "queueMicrotask",
  "requestAnimationFrame",
  "setInterval",
  "setTimeout",
  // Events, and the page.
  "AbortController",
  "AbortSignal",
  "CloseEvent",
  "DOMException",
  "ErrorEvent",
  "Event",
  "EventTarget",
  "MessageEvent",
  "addEventListener",
  "close",
  "constructor",
  "dispatchEvent",
  "location",
  "name",
  "navigator",
  "onerror",
  "onmessage",
  "onmessageerror",
  "postMessage",
  "removeEventListener",
  "reportError",
  "self",
  // Turns between frames: a channel leads only to whoever was given its other end.
  "MessageChannel",
  "MessagePort",
  // The bridge: the policy of the worker's script lets it reach nothing else.
  "WebSocket",
]);

/** What is kept of `navigator`: no storage, no locks, no devices. */
const KEPT_OF_NAVIGATOR = new Set(["constructor", "hardwareConcurrency", "language", "languages", "onLine", "userAgent"]);

/**
 * Takes everything out of the worker's global scope that its own code does not need: storage, requests, other workers,
 * channels to other pages of the origin. To be called once, before a stranger's code is looked at. What cannot be taken
 * away in some browser stays; the worker's policy is the other half.
 *
 * @param also names that this worker needs beside those that all do
 */
export function closeScope(also: readonly string[] = []): void {
  reduce(globalThis, new Set([...KEPT, ...also]));
  // Where it is: on the prototype.
  reduce(navigator, KEPT_OF_NAVIGATOR);
}

function reduce(object: object, kept: ReadonlySet<string>): void {
  for (let level: object | null = object; level !== null && level !== Object.prototype; level = Object.getPrototypeOf(level) as object | null) {
    for (const name of Object.getOwnPropertyNames(level)) if (!kept.has(name) && !(level === EventTarget.prototype)) remove(level, name);
  }
}

function remove(object: object, name: string): void {
  try {
    if (Reflect.deleteProperty(object, name)) return;
    Object.defineProperty(object, name, { value: undefined });
  } catch {
    // The browser holds on to it.
  }
}
