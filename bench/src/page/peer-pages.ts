import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const PEERS = fileURLToPath(new URL("../../src/page/peers/", import.meta.url));

/** A file that a peer's server answers with. */
export interface ServedFile {
  readonly type: string;
  readonly body: string | Buffer;
  /** How the body is encoded, such as `gzip`. */
  readonly encoding?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Serves files by their paths on loopback while `measure` runs, which gets the address, ending with a slash. `begin` may add to the server. */
export async function withFiles<T>(
  files: ReadonlyMap<string, ServedFile>,
  measure: (address: string) => Promise<T>,
  begin: (server: Server) => void = () => {},
): Promise<T> {
  const server = createServer((request, response) => {
    const file = files.get(new URL(request.url ?? "/", "http://localhost").pathname);
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    response
      .writeHead(200, { ...file.headers, "content-type": file.type, ...(file.encoding !== undefined && { "content-encoding": file.encoding }) })
      .end(file.body);
  });
  begin(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    return await measure(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** The pages of `peers/`, bundled as the playground is: `/bare-editor.html` with this text in it, and `/bare-terminals.html`. */
export async function peerPages(source: string): Promise<Map<string, ServedFile>> {
  const files = new Map<string, ServedFile>([
    ["/source.luau", { type: "text/plain; charset=utf-8", body: source }],
    ["/xterm.css", { type: "text/css", body: readFileSync(fileURLToPath(import.meta.resolve("@xterm/xterm/css/xterm.css"))) }],
  ]);
  for (const name of ["bare-editor", "bare-terminals"]) {
    files.set(`/${name}.js`, { type: "text/javascript", body: await bundle(`${PEERS}${name}.ts`) });
    files.set(`/${name}.html`, {
      type: "text/html; charset=utf-8",
      body: `<!doctype html><meta charset="utf-8"><title>${name}</title><link rel="stylesheet" href="/xterm.css"><body><script type="module" src="/${name}.js"></script>`,
    });
  }
  return files;
}

async function bundle(entry: string): Promise<string> {
  const result = await build({ configFile: false, logLevel: "error", build: { write: false, target: "es2022", rolldownOptions: { input: entry } } });
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((each) => ("output" in each ? each.output : []));
  const chunk = outputs.find((output) => output.type === "chunk");
  if (chunk === undefined) throw new Error(`${entry} could not be bundled`);
  return chunk.code;
}
