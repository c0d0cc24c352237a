import { readFile, writeFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { echoServer, greetingClient, UPDATE } from "../support/luau.ts";
import { chooseOfMenu, ladderRows, namedRows, openNetwork, runUnseen, tell } from "../support/network-view.ts";
import { peerProgram } from "../support/paths.ts";
import { PlaygroundPage } from "../support/playground-page.ts";
import { expect, test } from "../support/test.ts";
import { followed, packetFields, wrongPackets } from "../support/tshark.ts";

/** Shows an exchange of two programs, and leaves it. */
async function talk(playground: PlaygroundPage, line: string): Promise<void> {
  const server = await playground.runServer(echoServer(8080));
  await server.shows("listening");
  const client = await playground.runClient(greetingClient("127.0.0.1", 8080, line));
  await client.shows(`received ${line}`);
  await openNetwork(playground.page);
  await expect(ladderRows(playground.page, "bytes").filter({ hasText: line })).toHaveCount(2);
}

/** Saves the capture that is shown, and gives where it lies. */
async function save(page: Page, path: string): Promise<string> {
  const downloading = page.waitForEvent("download");
  await chooseOfMenu(page, "save-capture");
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^network-\d{4}(-\d\d){5}\.pcapng$/);
  await download.saveAs(path);
  return path;
}

test("a capture is saved as a file that tshark reads, and opened again without running anything", async ({ playground, openAnother }, testInfo) => {
  const { page } = playground;
  await talk(playground, "hello there");
  const path = await save(page, testInfo.outputPath("saved.pcapng"));
  expect(new Set(await packetFields(path, "tcp", "tcp.stream"))).toEqual(new Set(["0"]));
  // Both directions carry the same line.
  expect(await packetFields(path, "tcp.len > 0", "tcp.payload")).toEqual(Array(2).fill(Buffer.from("hello there\n").toString("hex")));
  expect(await wrongPackets(path)).toEqual([]);
  expect((await packetFields(path, "frame.comment", "frame.comment")).join("\n")).toMatch(/client\.luau:\d+ → server\.luau:\d+/);

  const other = await openAnother("elsewhere");
  await openNetwork(other.page);
  await other.page.getByTestId("capture-file").setInputFiles(path);
  await expect(other.page.getByTestId("saved-banner")).toContainText("saved.pcapng");
  const sent = ladderRows(other.page, "bytes").filter({ hasText: "hello there\\n" });
  await expect(sent).toHaveCount(2);
  await expect(sent.first()).toHaveAttribute("aria-label", /^client\.luau to server\.luau, 12 bytes, .*received, line \d+$/);
  await other.page.getByTestId("back-to-live").click();
  await expect(other.page.getByTestId("network-empty")).toBeVisible();
  await other.page.getByTestId("show-saved").click();
  await expect(sent).toHaveCount(2);
  // What runs now takes over.
  await other.page.getByTestId("run-all").click();
  await expect(other.page.getByTestId("saved-aside")).toBeVisible();
  await expect(ladderRows(other.page, "bytes").filter({ hasText: "You said" }).first()).toBeVisible();
  await other.page.getByTestId("close-banner").click();
  await expect(other.page.getByTestId("saved-aside")).toHaveCount(0);
});

/** Talks a while with its server, and is refused elsewhere. */
const TALKATIVE = `
local client = zone.socket.client.new()
local other = zone.socket.client.new()
function zone.init()
	client:listen("127.0.0.1", 8080, function(connection)
		connection:onReceive(function() end)
		for number = 1, 20 do
			connection:send(zone.byteStream.fromString("line " .. number .. "\\n"))
		end
		connection:send(zone.byteStream.fromString(string.rep("x", 50000)))
		pcall(function()
			other:listen("127.0.0.1", 8099, function() end)
		end)
	end)
end
${UPDATE}`;

test("several streams in one file: each has all of its bytes, its flags and its lines", async ({ playground, spawn }, testInfo) => {
  const { page } = playground;
  await openNetwork(page);
  await runUnseen(playground, "server.luau", echoServer(8080));
  await expect(ladderRows(page, "listen")).toBeVisible();
  const address = await playground.address();

  // One ends its half after a word, one breaks off, one has two words as one.
  const say = async (
    word: { readonly send: string } | { readonly glue: readonly string[] },
    answer: string,
    end: { readonly end: true } | { readonly reset: true },
  ) => {
    const peer = spawn("node", peerProgram("told"), address, 8080);
    const port = await peer.reports<number>("connected");
    tell(peer, word);
    await peer.shows(answer);
    tell(peer, end);
    return port;
  };
  const half = await say({ send: "half" }, "half", { end: true });
  await expect(namedRows(page, "end", /^server\.luau to /)).toBeVisible();
  const reset = await say({ send: "reset me" }, "reset me", { reset: true });
  await expect(ladderRows(page, "reset")).toBeVisible();
  const glued = await say({ glue: ["two ", "words"] }, "two words", { end: true });
  await expect(namedRows(page, "end", /^server\.luau to /)).toHaveCount(2);

  await runUnseen(playground, "client.luau", TALKATIVE);
  await expect(namedRows(page, "connect", /connection refused/)).toBeVisible();
  const talk = `${Array.from({ length: 20 }, (_, index) => `line ${index + 1}\n`).join("")}${"x".repeat(50_000)}`;
  await page.getByTestId("view-connections").click();
  const sizes = page.getByTestId("connections").locator("tbody tr").filter({ hasText: "client.luau →" }).locator(".received");
  await expect(sizes.filter({ hasText: "50.2 KB" }).or(sizes.filter({ hasText: "49 KB" }))).toBeVisible();

  const path = await save(page, testInfo.outputPath("streams.pcapng"));
  expect(await wrongPackets(path)).toEqual([]);
  /** The number of the stream of a port, or of what a filter finds. */
  const streamOf = async (filter: string): Promise<number> => {
    const found = new Set(await packetFields(path, filter, "tcp.stream"));
    expect([...found], filter).toHaveLength(1);
    return Number([...found][0]);
  };
  const flags = async (stream: number): Promise<string[]> => packetFields(path, `tcp.stream == ${stream} && tcp.len == 0`, "tcp.flags.str");
  // Four with bytes, and one that was refused.
  expect(new Set(await packetFields(path, "tcp", "tcp.stream")).size).toBe(5);
  for (const [port, text] of [
    [half, "half"],
    [reset, "reset me"],
    [glued, "two words"],
  ] as const) {
    expect(await followed(path, await streamOf(`tcp.port == ${port}`))).toEqual({ client: text, server: text });
  }
  const ended = await flags(await streamOf(`tcp.port == ${half}`));
  expect(ended.filter((each) => each.includes("F"))).toHaveLength(2);
  expect(ended.some((each) => each.includes("R"))).toBe(false);
  expect((await flags(await streamOf(`tcp.port == ${reset}`))).some((each) => each.includes("R"))).toBe(true);
  const refused = await flags(await streamOf("tcp.dstport == 8099"));
  expect(refused).toEqual([expect.stringContaining("S"), expect.stringContaining("R")]);
  // Both ends are in the page: each byte is there once.
  const own = await streamOf('tcp.payload contains "line 7"');
  expect(await followed(path, own)).toEqual({ client: talk, server: talk });
  const comments = await packetFields(path, `tcp.stream == ${own} && frame.comment`, "frame.comment");
  expect(comments.length).toBeGreaterThan(2);
  for (const place of ["client.luau:5", "client.luau:8", "client.luau:10", "server.luau:6", "server.luau:7"]) expect(comments.join("\n")).toContain(place);
});

test("what is no capture, is cut, or is too large is said, and what is shown stays", async ({ playground }, testInfo) => {
  const { page } = playground;
  await talk(playground, "still here");
  const whole = await readFile(await save(page, testInfo.outputPath("whole.pcapng")));
  const fault = page.getByTestId("capture-fault");
  const cases: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ["text.pcapng", Buffer.from("hello, this is a text and no capture at all"), /not a capture/],
    ["empty.pcapng", new Uint8Array(), /not a capture/],
    ["cut.pcapng", whole.subarray(0, whole.length - 7), /end of the capture is missing/],
  ];
  for (const [name, bytes, text] of cases) {
    const path = testInfo.outputPath(name);
    await writeFile(path, bytes);
    await page.getByTestId("capture-file").setInputFiles(path);
    await expect(fault, name).toContainText(text);
    await expect(ladderRows(page, "bytes").filter({ hasText: "still here" })).toHaveCount(2);
    await page.getByTestId("close-banner").click();
    await expect(fault).toHaveCount(0);
  }
  const large = testInfo.outputPath("large.pcapng");
  await writeFile(large, Buffer.alloc(64 * 1024 * 1024 + 1));
  await page.getByTestId("capture-file").setInputFiles(large);
  await expect(fault).toContainText("at most 64 MB");
});
