import * as fc from "fast-check";

/** Pieces of a request for the fuzzer, and the bytes that they make. Values that have a meaning are more frequent than noise. */
export interface FuzzedRequest {
  readonly method: string;
  readonly target: string;
  readonly version: string;
  readonly lineEnd: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  /** How many bytes at the end are left out. */
  readonly cut: number;
}

const noise = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString("latin1"));
const long = fc.constantFrom("a".repeat(5_000), "%2e".repeat(4_000), ", ".repeat(3_000), "\t ".repeat(4_000));

const method = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom("GET", "GET", "GET", "HEAD", "POST") },
  { weight: 2, arbitrary: fc.constantFrom("OPTIONS", "PUT", "DELETE", "TRACE", "PATCH", "PROPFIND", "CONNECT", "get", "PRI", "__proto__") },
  { weight: 1, arbitrary: noise },
);

/** Ways up and out of a directory. */
const climb = fc.constantFrom(
  "..",
  "%2e%2e",
  "%2E.",
  ".%2e",
  "..%2f",
  "..%5c",
  "..\\",
  "%252e%252e",
  "..;",
  "....//",
  "%c0%ae%c0%ae",
  "\u002e\u002e\u0000",
  "%00",
  "%",
  "%ff",
  ".",
  "",
);
const segment = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      "room",
      "x",
      "s",
      "api",
      "scripts",
      "assets",
      "index.html",
      "embed",
      "healthz",
      "metrics",
      "outside.txt",
      ".secret",
      "data",
      "__proto__",
      "constructor",
      "0123456789AB",
      "app-0123456789.js",
    ),
  },
  { weight: 3, arbitrary: climb },
  { weight: 1, arbitrary: fc.oneof(noise, long) },
);
const path = fc
  .tuple(fc.array(segment, { maxLength: 8 }), fc.constantFrom("", "/", "?x=1", "#x", "?a=/../../outside.txt", ";x"))
  .map(([segments, end]) => `/${segments.join("/")}${end}`);
/** Up to a file beside the page, or to a hidden one in it. */
const climbing = fc
  .tuple(
    fc.constantFrom("", "/assets", "/room", "/embed"),
    fc.array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom("..", "%2e%2e", ".%2e") }, { weight: 1, arbitrary: climb }), { maxLength: 2 }),
    fc.constantFrom("outside.txt", "data.json", ".secret", "%2esecret"),
  )
  .map(([start, climbs, name]) => [start, ...climbs, name].join("/"));
const target = fc.oneof(
  { weight: 5, arbitrary: climbing },
  { weight: 5, arbitrary: path },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      "/",
      "/room/x/",
      "/room/x",
      "/s/0123456789AB",
      "/api/scripts",
      "/api/scripts/0123456789AB",
      "/healthz",
      "/metrics",
      "/assets/app-0123456789.js",
      "/embed",
      "/embedding.json",
    ),
  },
  { weight: 2, arbitrary: path.map((each) => `http://127.0.0.1${each}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "*",
      "//evil.example/",
      "http://evil.example/",
      "evil.example:443",
      "file:///etc/passwd",
      "",
      "?",
      "/\u0000",
      "http://[::1",
      "javascript:alert(1)",
    ),
  },
);

const HOST = "$host";
const header = fc.oneof(
  fc.tuple(
    fc.constant("Host"),
    fc.oneof(
      fc.constantFrom(
        "evil.example",
        "",
        "127.0.0.1",
        "[::1]",
        "[::1",
        "localhost:99999",
        "127.0.0.1:-1",
        "user@127.0.0.1",
        "127.0.0.1, evil.example",
        "127.0.0.1\tx",
        "2130706433",
        "__proto__",
      ),
      noise,
      long,
    ),
  ),
  fc.tuple(
    fc.constant("Origin"),
    fc.oneof(
      fc.constantFrom(
        `http://${HOST}`,
        `https://${HOST}`,
        "null",
        "http://evil.example",
        "http://127.0.0.1.evil.example",
        "http://",
        "://",
        "http://127.0.0.1:80:80",
      ),
      noise,
      long,
    ),
  ),
  fc.tuple(
    fc.constantFrom("X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Forwarded-Proto", "X-Forwarded-Host"),
    fc.oneof(
      fc.constantFrom(
        "10.0.0.1",
        "10.0.0.1:1234",
        "[2001:db8::1]:80",
        "unknown",
        ",,,",
        "127.0.0.1",
        "for=_x",
        "999.1.1.1",
        "::ffff:127.0.0.1",
        "https",
        "https, http",
      ),
      noise,
      long,
    ),
  ),
  fc.tuple(
    fc.constantFrom("Connection", "Upgrade", "Sec-WebSocket-Version", "Sec-WebSocket-Key", "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions"),
    fc.oneof(
      fc.constantFrom(
        "Upgrade",
        "websocket",
        "keep-alive",
        "close",
        "13",
        "8",
        "AAAAAAAAAAAAAAAAAAAAAA==",
        "short",
        "wisp-v2",
        "wisp-v2, wisp-v2",
        "permessage-deflate",
        "permessage-deflate; server_max_window_bits=99",
        "h2c",
        ",",
        "a, b, c",
      ),
      noise,
      long,
    ),
  ),
  fc.tuple(fc.constant("Content-Length"), fc.constantFrom("0", "5", "-1", "+5", "0x5", "5, 5", "5, 6", "99999999999999999999", "1e3", "", "NaN", "1048576")),
  fc.tuple(
    fc.constant("Transfer-Encoding"),
    fc.constantFrom("chunked", "Chunked", "chunked, chunked", "gzip, chunked", "identity", "xchunked", "chunked\u000b", ""),
  ),
  fc.tuple(
    fc.constantFrom("Accept-Encoding", "If-None-Match", "Range", "Expect", "Content-Type", "Cookie", "Referer", "Accept"),
    fc.oneof(
      fc.constantFrom(
        "gzip, br",
        "br;q=0, gzip;q=1e400",
        "*;q=",
        "*",
        'W/"x"',
        "bytes=0-1,2-3",
        "bytes=-99999999999",
        "100-continue",
        "application/json",
        "application/json; charset=\u0000",
        "text/html",
      ),
      noise,
      long,
    ),
  ),
  fc.tuple(
    fc.oneof(fc.constantFrom("__proto__", "constructor", "toString", "Host ", " Host", "Ho st", "X-A", ":"), noise),
    fc.oneof(fc.constantFrom("1", HOST), noise),
  ),
);

/** What an upgrade needs, so that some get as far as that. */
const UPGRADE = [
  ["Connection", "Upgrade"],
  ["Upgrade", "websocket"],
  ["Sec-WebSocket-Version", "13"],
  ["Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA=="],
] as const;

const body = fc.oneof(
  // What stands behind a request without a length is another request, and ends the connection.
  { weight: 6, arbitrary: fc.constant("") },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "hello",
      "5\r\nhello\r\n0\r\n\r\n",
      "5;x=y\r\nhello\r\n0\r\nX: y\r\n\r\n",
      "fffffffffffffffff\r\nx",
      "-1\r\n",
      "zz\r\n",
      "0\r\n\r\nGET /outside.txt HTTP/1.1\r\n\r\n",
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '{"version":1,"project":{}}',
      '{"version":1e400}',
      '{"__proto__":{"version":1}}',
      "[".repeat(20_000),
      '{"version":1,"project":{"files":[{"__proto__":1}]}}',
      "\uFEFF{}",
      '{"version":1,"project":null}',
    ),
  },
  { weight: 1, arbitrary: noise },
);

/** Requests that are nearly right, in each of their parts. */
export const fuzzedRequest: fc.Arbitrary<FuzzedRequest> = fc
  .record({
    method,
    target,
    version: fc.oneof(
      { weight: 8, arbitrary: fc.constant("HTTP/1.1") },
      { weight: 1, arbitrary: fc.constantFrom("HTTP/1.0", "HTTP/2.0", "HTTP/0.9", "HTTP/1.1 ", "http/1.1", "") },
    ),
    lineEnd: fc.oneof({ weight: 8, arbitrary: fc.constant("\r\n") }, { weight: 1, arbitrary: fc.constantFrom("\n", "\r", "\r\n ") }),
    hasHost: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
    isUpgrade: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    more: fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      { weight: 3, arbitrary: fc.array(header, { minLength: 1, maxLength: 2 }) },
      { weight: 1, arbitrary: fc.array(header, { maxLength: 8 }) },
    ),
    body,
    cut: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(60) }),
  })
  .map(({ hasHost, isUpgrade, more, ...rest }) => ({
    ...rest,
    headers: [...(hasHost ? [["Host", HOST] as const] : []), ...(isUpgrade ? UPGRADE : []), ...more],
  }));

/** The bytes of a request to a host and port. */
export function requestBytes({ method, target, version, lineEnd, headers, body, cut }: FuzzedRequest, authority: string): Buffer {
  const lines = [`${method} ${target} ${version}`, ...headers.map(([name, value]) => `${name}: ${value.replaceAll(HOST, authority)}`), "", body];
  const bytes = Buffer.from(lines.join(lineEnd), "latin1");
  return bytes.subarray(0, bytes.length - cut);
}
