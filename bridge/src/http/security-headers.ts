import type { RequestHost } from "./request-host.ts";

/**
 * Who may make a script address or HTML of a text: Lit, of the templates in our own sources, and the page's
 * `start-worker.ts`, of the workers beside it. Everything else that would is refused where it is tried (Trusted Types).
 */
const TRUSTED_TYPES = ["require-trusted-types-for 'script'", "trusted-types lit-html zone-worker"];

/** What neither the page nor what it frames ever asks for. The clipboard stays. */
const DENIED_FEATURES = [
  "accelerometer",
  "camera",
  "display-capture",
  "geolocation",
  "gyroscope",
  "hid",
  "idle-detection",
  "local-fonts",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "publickey-credentials-get",
  "screen-wake-lock",
  "serial",
  "usb",
  "xr-spatial-tracking",
];

/** The scripts of workers. */
const WORKER = /^\/assets\/(program|examiner|lesson|syntax|format|analysis)-worker-/;

/**
 * Headers of every answer. The page runs programs that strangers may have written, in workers and WASM: scripts come
 * from here only, nothing is sent elsewhere, and the room's name, which is its key, is told to nobody. Only pages of
 * this bridge and of the sites in `embedOrigins` may frame it: a click that a foreign page steals must run nothing.
 *
 * `host` has been checked, so that it can stand in the policy: browsers older than 2022 do not take `'self'` for
 * WebSockets.
 */
export function securityHeaders(host: RequestHost | undefined, embedOrigins: readonly string[] = []): Record<string, string> {
  return {
    "content-security-policy": pagePolicy(host, embedOrigins),
    // A page that was opened from elsewhere, or that opens another, shares no window and no process with it. Over plain
    // HTTP, but for this machine, browsers pass over it.
    "cross-origin-opener-policy": "same-origin",
    // What other sites may load says so itself; see `allowForeignReaders`.
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": DENIED_FEATURES.map((feature) => `${feature}=()`).join(", "),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
  };
}

/** The policy of a page. `scripts`: sources of the scripts that stand in its HTML (`inlineScriptSources`). */
export function pagePolicy(host: RequestHost | undefined, embedOrigins: readonly string[], scripts: readonly string[] = []): string {
  return [
    "default-src 'self'",
    ["script-src 'self' 'wasm-unsafe-eval'", ...scripts].join(" "),
    // The editor and the terminal write style elements of their own.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "worker-src 'self' blob:",
    // A frame may show files of the site that it is in, if that allows it too (CORS).
    ["connect-src 'self'", ...socketsOf(host), ...embedOrigins].join(" "),
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    ...TRUSTED_TYPES,
    ["frame-ancestors 'self'", ...embedOrigins].join(" "),
  ].join("; ");
}

/**
 * The policy of the script at a path, where it has one of its own: a worker lives under the policy that its script came
 * with. All of them hold a module of WebAssembly that reads a stranger's code; whatever breaks out of that finds a worker
 * that can load no script but its own later parts, and reach what it is made for. The one that fetches lessons may reach any address, and has
 * nothing that it could take there: it is handed an address, or a lesson. Not so in a page of another site, whose worker is a `blob:` and takes over that page's.
 */
export function workerPolicy(path: string, host: RequestHost | undefined): string | undefined {
  const kind = WORKER.exec(path)?.[1];
  if (kind === undefined) return undefined;
  const connect = connectionsOf(kind, host);
  return [
    "default-src 'none'",
    ["script-src 'wasm-unsafe-eval'", ...laterPartsOf(kind, host)].join(" "),
    `connect-src ${connect.length === 0 ? "'none'" : connect.join(" ")}`,
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
}

/** Where a program's worker finds what it loads later, such as hashes: scripts of ours, and nothing that can be written to. */
function laterPartsOf(kind: string, host: RequestHost | undefined): string[] {
  return kind === "program" && host !== undefined ? [`${authorityOf(host)}/assets/worker/`] : [];
}

function connectionsOf(kind: string, host: RequestHost | undefined): string[] {
  // Not `'self'`, which lets HTTP requests through as well.
  if (kind === "program" || kind === "examiner") return socketsOf(host);
  // A lesson may come from any address that allows it, and the page itself need not be let out for that.
  if (kind === "lesson") return ["https:", "http:"];
  // The reader of syntax is handed its module; the others fetch theirs.
  return kind === "syntax" ? [] : ["'self'"];
}

/** The bridge's WebSockets as sources of a policy. */
function socketsOf(host: RequestHost | undefined): string[] {
  if (host === undefined) return [];
  const authority = authorityOf(host);
  return [`ws://${authority}`, `wss://${authority}`];
}

function authorityOf({ name, port }: RequestHost): string {
  return `${name.includes(":") ? `[${name}]` : name}${port === "" ? "" : `:${port}`}`;
}
