import { readFileSync } from "node:fs";
import type { Server } from "node:http";
import { WebSocketServer } from "ws";
import { inProject } from "../in-project.ts";
import type { ServedFile } from "./peer-pages.ts";

const MODULE = inProject("packages/luau-wasm/dist/luau.wasm");

/** The second worker begins when the first has its WebSocket, as the starter's client begins when its server listens. */
const PAGE = `<!doctype html><meta charset="utf-8"><title>two workers</title>
<button id="run" disabled>Run</button><pre id="output"></pre>
<script type="module">
const module = WebAssembly.compileStreaming(fetch("/luau.wasm"));
const workers = [new Worker("/worker.js"), new Worker("/worker.js")];
workers[0].addEventListener("message", () => workers[1].postMessage({ role: "client" }));
workers[1].addEventListener("message", ({ data }) => { document.getElementById("output").textContent = data; });
for (const worker of workers) worker.postMessage({ module: await module });
const button = document.getElementById("run");
button.addEventListener("click", () => workers[0].postMessage({ role: "server" }));
button.disabled = false;
</script>`;

/** Takes in what has come once a frame, as a script does. */
const WORKER = `let instance;
const queue = [];
self.addEventListener("message", ({ data: { module, role } }) => {
  if (module !== undefined) { instance = make(module); return; }
  instance.then(() => {
    const socket = new WebSocket("ws://" + location.host + "/");
    socket.addEventListener("message", ({ data }) => queue.push(data));
    socket.addEventListener("open", () => {
      if (role === "client") socket.send("hello"); else postMessage("listening");
    });
    const frame = () => {
      for (const text of queue.splice(0)) if (role === "client") postMessage("first line: " + text); else socket.send("you said: " + text);
      requestAnimationFrame(frame);
    };
    frame();
  });
});
function make(module) {
  const imports = {};
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    if (kind === "tag") (imports[from] ??= {})[name] = new WebAssembly.Tag({ parameters: ["i32"] });
    else if (kind === "function") (imports[from] ??= {})[name] = () => 0;
    else throw new Error(kind + " " + name + " cannot be stood in for");
  }
  return WebAssembly.instantiate(module, imports);
}`;

/**
 * The least that two programs need in this browser until they have talked: a page without a style whose two workers instantiate the
 * playground's VM, open a WebSocket each, one after the other, and send a line there and back, which each takes in with its next frame. No
 * line of Luau is run, and nothing is drawn but a text.
 */
export function twoWorkersPage(): Map<string, ServedFile> {
  return new Map<string, ServedFile>([
    ["/two-workers.html", { type: "text/html; charset=utf-8", body: PAGE }],
    ["/worker.js", { type: "text/javascript", body: WORKER }],
    ["/luau.wasm", { type: "application/wasm", body: readFileSync(MODULE) }],
  ]);
}

/** Has a server hand each message of a WebSocket to all the others. */
export function relayMessages(server: Server): void {
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (socket) => {
    socket.on("error", () => {});
    socket.on("message", (data, isBinary) => {
      for (const other of sockets.clients) if (other !== socket) other.send(data, { binary: isBinary });
    });
  });
}
