import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MAX_PACKAGE_BYTES, packBuilt } from "../../scripts/package.mjs";
import { nodeVersions } from "../../scripts/setup/node-versions.mjs";
import { freePort } from "../../scripts/setup/free-port.mjs";
import { echoServer, greetingClient } from "../support/luau.ts";
import { PlaygroundPage } from "../support/playground-page.ts";
import { expect, test } from "../support/test.ts";
import { InstalledPackage } from "./installed-package.ts";

// One worker makes the package for all of them.
test.describe.configure({ mode: "default" });

let folder: string;
let made: { readonly file: string; readonly byteCount: number };

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "zone-package-"));
  made = await packBuilt({ outDir: folder });
});

test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the package is small, and the same again", async () => {
  const again = await packBuilt({ outDir: join(folder, "again") });
  const bytes = readFileSync(made.file);
  expect(bytes.equals(readFileSync(again.file))).toBe(true);
  expect(made.byteCount).toBe(bytes.length);
  expect(made.byteCount).toBeLessThanOrEqual(MAX_PACKAGE_BYTES);
});

for (const node of nodeVersions()) {
  test(`on Node ${node.version} it installs from nothing, serves, and runs programs`, async ({ page }) => {
    const installed = new InstalledPackage(node);
    try {
      expect(await installed.install(made.file)).toMatchObject({ status: 0, output: expect.stringContaining("added 1 package") });
      const version = await installed.run("--version");
      expect(version).toMatchObject({ status: 0, errors: "" });
      expect(await installed.run("run", "--version")).toEqual(version);

      await test.step("the page's starter project talks", async () => {
        const bridge = await installed.serve();
        const playground = new PlaygroundPage(page);
        await playground.open(bridge.url);
        await playground.page.getByTestId("run-all").click();
        await playground.program("server.luau").shows("Hello from client.luau!");
        await playground.program("client.luau").shows("You said: Hello from client.luau!");
        const analysis = (await (await fetch(`${bridge.url}analysis.json`)).json()) as { state: string; url: string; bytes: number };
        expect(analysis.state).toBe("ready");
        expect((await (await fetch(new URL(analysis.url, bridge.url))).arrayBuffer()).byteLength).toBe(analysis.bytes);
        expect((await bridge.health()).version, "what the bridge calls itself").toBe(version.output.trim().split(" ")[0]);
        expect(playground.faults).toEqual([]);

        await keepScript(bridge.url);
        await bridge.program.end();
        expect(bridge.program.ending).toEqual({ status: 0, signal: null });
        expect(bridge.program.errors).not.toMatch(/^\s+at /m);
      });

      await test.step("the operator finds the script of a short link", async () => {
        expect(await installed.run("scripts", "list")).toMatchObject({ status: 0, errors: expect.stringContaining("1 script, ") });
      });

      await test.step("programs talk without a browser", async () => {
        const port = await freePort();
        const [server, client] = [join(installed.folder, "server.luau"), join(installed.folder, "client.luau")];
        writeFileSync(server, echoServer(port));
        writeFileSync(client, greetingClient("127.0.0.1", port, "hello"));
        const serving = installed.start("run", server);
        await serving.shows("listening");
        const asking = installed.start("run", client);
        await asking.shows("received hello");
        for (const program of [asking, serving]) await program.end();
        expect([serving.ending, asking.ending]).toEqual([
          { status: 0, signal: null },
          { status: 0, signal: null },
        ]);
        expect(serving.output).toContain("cleaned up");
        expect(serving.errors + asking.errors).toBe("");
      });
    } finally {
      await page.close();
      installed.remove();
    }
  });
}

for (const platform of ["win32", "darwin"]) {
  test(`where Node says that the system is ${platform}, it serves and runs programs`, async () => {
    const [node = fail()] = nodeVersions();
    // The paths stay those of this system: what is told apart by its name is what this shows.
    const disguise = `--import=data:text/javascript,${encodeURIComponent(`Object.defineProperty(process, "platform", { value: "${platform}" })`)}`;
    const installed = new InstalledPackage(node, { NODE_OPTIONS: disguise, LOCALAPPDATA: "/nowhere" });
    const plain = new InstalledPackage(node);
    try {
      await plain.install(made.file);
      installed.use(plain);
      const data = join(plain.folder, "data");
      const bridge = await installed.serve("--data", data);
      expect((await bridge.health()).network).toBe("host");
      expect(await (await fetch(bridge.url)).text()).toContain("<title>");
      await keepScript(bridge.url);
      await bridge.program.end();
      expect(bridge.program.ending).toEqual({ status: 0, signal: null });
      expect(bridge.program.errors).not.toMatch(/^\s+at /m);
      expect(await installed.run("scripts", "list", "--data", data)).toMatchObject({ status: 0, errors: expect.stringContaining("1 script, ") });
      expect(await installed.run("--network", "lan")).toMatchObject({ status: 2, errors: expect.stringContaining("lan") });
      expect((await installed.run("--help")).output).toContain(platform === "win32" ? "%LOCALAPPDATA%" : "~/Library/Application");
      const program = join(plain.folder, "hello.luau");
      writeFileSync(program, 'print("hello")');
      expect(await installed.run("run", program)).toEqual({ status: 0, output: "hello\n", errors: "" });
    } finally {
      installed.remove();
      plain.remove();
    }
  });
}

test("what is wrong is one line, and its exit status", async () => {
  const installed = new InstalledPackage(nodeVersions()[0] ?? fail());
  const taken = createServer();
  try {
    await installed.install(made.file);
    expect(await installed.run("sevre")).toEqual({ status: 2, output: "", errors: line('"sevre" is not a command') });
    expect(await installed.run("server.luau")).toEqual({ status: 2, output: "", errors: line("To run it: zone-playground run server.luau") });
    expect(await installed.run("--prot", "80")).toMatchObject({ status: 2, output: "", errors: expect.stringContaining("--prot is not an option") });
    expect(await installed.run("run", "nowhere.luau")).toEqual({ status: 2, output: "", errors: line("nowhere.luau") });
    expect(await installed.run("scripts", "lits")).toMatchObject({ status: 2, output: "", errors: expect.stringContaining('"lits"') });
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const { port } = taken.address() as AddressInfo;
    expect(await installed.run("--port", String(port), "--user", "")).toMatchObject({ status: 2 });
    expect(await installed.run("--port", String(port), "--log-level", "error")).toEqual({ status: 1, output: "", errors: line(String(port)) });
    for (const word of ["run", "scripts"]) expect((await installed.run("--help")).output).toContain(`zone-playground ${word} `);
  } finally {
    taken.close();
    installed.remove();
  }
});

test("a package that was cut is not installed", async () => {
  const installed = new InstalledPackage(nodeVersions()[0] ?? fail());
  try {
    const cut = join(folder, "cut.tgz");
    writeFileSync(cut, readFileSync(made.file).subarray(0, made.byteCount >> 1));
    const { status, errors } = await installed.install(cut);
    expect(status).not.toBe(0);
    expect(errors).toMatch(/npm error \S/);
    expect(readdirSync(join(installed.folder, "project"))).not.toContain("package.json");
  } finally {
    installed.remove();
  }
});

/** Stores a script under a short link, as the page does. */
async function keepScript(url: string): Promise<void> {
  const answer = await fetch(`${url}api/scripts`, { method: "POST", headers: { "content-type": "application/json" }, body: SCRIPT });
  expect(answer.ok, await answer.text()).toBe(true);
}

const SCRIPT = '{"version":1,"project":{"files":[{"name":"main.luau","source":"print(1)","program":true}]}}';

/** One line with a text in it. */
function line(text: string): unknown {
  return expect.stringMatching(new RegExp(`^[^\\n]*${text}[^\\n]*\\n$`));
}

function fail(): never {
  throw new Error("there is no Node");
}
