import { createServer, type Server } from "node:http";
import { readFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";

const DEMO = fileURLToPath(new URL("../../docs/embedding-demo/", import.meta.url));
const DOCUMENT = fileURLToPath(new URL("../../docs/embedding.md", import.meta.url));
/** Where the demo page expects its bridge. */
const DEMO_BRIDGE = "http://127.0.0.1:7070";
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".luau": "text/plain; charset=utf-8",
};

/** A site of somebody else: another origin than the bridge's, with the CSP that `docs/embedding.md` asks for and nothing more. */
export class LessonSite {
  readonly #server: Server;
  /** Pages of the site by their path, besides the demo's files. */
  readonly pages = new Map<string, string>();
  /** What stands in the demo for the bridge is replaced by this. */
  bridge = DEMO_BRIDGE;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<LessonSite> {
    const server = createServer();
    const site = new LessonSite(server);
    const policy = await documentedPolicy();
    server.on("request", (request, response) => {
      const path = new URL(request.url ?? "/", "http://site").pathname;
      void site.#read(path === "/" ? "/index.html" : path).then(
        (text) => {
          const bridge = new URL(site.bridge);
          response.setHeader(
            "content-security-policy",
            policy.replaceAll("https://bridge.example", bridge.origin).replaceAll("wss://bridge.example", `ws://${bridge.host}`),
          );
          response.setHeader("content-type", TYPES[extname(path)] ?? "text/html; charset=utf-8");
          // Files of a lesson may be read by the frame, which is the bridge's.
          if (extname(path) === ".luau") response.setHeader("access-control-allow-origin", bridge.origin);
          response.end(text.replaceAll(DEMO_BRIDGE, site.bridge).replaceAll(DEMO_BRIDGE.replace("http", "ws"), `ws://${bridge.host}`));
        },
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return site;
  }

  /** `localhost`, while the bridge is at `127.0.0.1`: another origin, and another site. */
  get origin(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Forgets what a test has put here. */
  clear(): void {
    this.pages.clear();
    this.bridge = DEMO_BRIDGE;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #read(path: string): Promise<string> {
    return this.pages.get(path) ?? readFile(DEMO + path.slice(1), "utf8");
  }
}

/** The policy as the document has it, on one line. */
async function documentedPolicy(): Promise<string> {
  const policy = /```http\nContent-Security-Policy:([^`]+)```/.exec(await readFile(DOCUMENT, "utf8"))?.[1];
  if (policy === undefined) throw new Error("docs/embedding.md has no policy");
  return policy.replaceAll(/\s+/g, " ").trim();
}
