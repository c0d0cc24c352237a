import { peerProgram } from "../support/paths.ts";
import { rendererPids } from "../support/process-memory.ts";
import { firstProgramWorker } from "../support/program-worker.ts";
import type { PlaygroundPage } from "../support/playground-page.ts";
import type { ProgramView } from "../support/program-view.ts";
import type { Spawn } from "../support/child-programs.ts";
import { expect, test } from "../support/test.ts";

// What all rooms of the bridge hold is counted.
test.use({ hasOwnBridge: true });

/** Says goodbye to everyone in zone.cleanup; loops for ever once told "loop", fails once told "fail". */
const POLITE_SERVER = `
local server = zone.socket.server.new()
local clients = {}
server:listen(8080, function(connection)
	clients[connection] = true
	connection:send(zone.byteStream.fromString("welcome\\n"))
	connection:onReceive(function(data)
		local word = string.match(data:toString(), "%a+")
		if word == "loop" then
			print("looping")
			while true do end
		elseif word == "fail" then
			error("told to fail")
		end
	end)
end)
print("listening")
function zone.update()
	zone.socket.update()
end
function zone.cleanup()
	for connection in clients do
		connection:send(zone.byteStream.fromString("goodbye\\n"))
	end
	server:close()
	print("cleaned up")
end
`;

/** The server runs, with three plain TCP clients. */
async function serving(playground: PlaygroundPage, spawn: Spawn) {
  const server = await playground.runServer(POLITE_SERVER);
  await server.shows("listening");
  const peers = spawn(process.execPath, peerProgram("listener"), await playground.address(), 8080, 3);
  await expect.poll(() => peers.output.match(/welcome/g)?.length).toBe(3);
  return { server, peers };
}

test("Stop runs zone.cleanup, and every socket is gone within 2 s", async ({ playground, spawn, bridge }) => {
  const { server, peers } = await serving(playground, spawn);
  expect(await bridge.health()).toMatchObject({ sockets: 3, streams: 3, listeners: 1 });
  await server.stop();
  await bridge.isQuiet();
  await peers.ends();
  expect(peers.output.match(/goodbye/g)).toHaveLength(3);
  expect(peers.output.match(/"ended":/g)).toHaveLength(3);
  await server.is("stopped");
  await server.shows("cleaned up");
});

test("Run again stops the first run properly, and has its port", async ({ playground, spawn, bridge }) => {
  const { server, peers } = await serving(playground, spawn);
  await server.run();
  await peers.ends();
  expect(peers.output.match(/goodbye/g)).toHaveLength(3);
  await server.is("running");
  await server.shows("listening");
  const nc = spawn("nc", await playground.address(), 8080);
  await nc.shows("welcome");
  expect(await bridge.health()).toMatchObject({ sockets: 1, streams: 1, listeners: 1 });
});

test("a failed program has cleaned up, and its sockets are gone", async ({ playground, spawn, bridge }) => {
  const { server, peers } = await serving(playground, spawn);
  const nc = spawn("nc", await playground.address(), 8080);
  await nc.shows("welcome");
  nc.write("fail\n");
  await server.is("failed");
  await bridge.isQuiet();
  await peers.ends();
  expect(peers.output.match(/goodbye/g)).toHaveLength(3);
  await server.shows("cleaned up");
  await server.shows(/server\.luau:\d+: told to fail/, { level: "error" });
});

test("when the tab is closed, every socket is gone within 2 s", async ({ playground, spawn, bridge }) => {
  const { peers } = await serving(playground, spawn);
  await playground.page.close({ runBeforeUnload: true });
  await bridge.isQuiet();
  await peers.ends();
  expect(peers.output.match(/"ended":/g)).toHaveLength(3);
});

test("when the page is reloaded, every socket is gone, and the program runs again at the same address", async ({ playground, spawn, bridge }) => {
  const { server, peers } = await serving(playground, spawn);
  const address = await playground.address();
  await playground.page.reload();
  await bridge.isQuiet();
  await peers.ends();
  await playground.isReady();
  expect(await playground.address()).toBe(address);
  await server.run();
  await server.shows("listening");
});

test("a program that does not stop is ended by force, and its sockets with it", async ({ playground, spawn, bridge }) => {
  const { server, peers } = await serving(playground, spawn);
  const nc = spawn("nc", await playground.address(), 8080);
  await nc.shows("welcome");
  nc.write("loop\n");
  await server.shows("looping");
  await server.stop();
  await server.shows("was ended", { level: "notice" });
  await bridge.isQuiet();
  // Not because Chromium has killed the worker, which takes it seconds.
  await expect.poll(() => bridge.program.errors).toContain('"reason":"its page has ended it"');
  await peers.ends();
  await server.is("stopped");
  await runsAgain(server);
});

test("when a worker dies, its sockets are gone within 2 s, and Run works again", async ({ playground, spawn, bridge }) => {
  const { server, peers } = await serving(playground, spawn);
  await (await firstProgramWorker(playground.page)).evaluate("self.close()").catch(() => {});
  await bridge.isQuiet();
  await peers.ends();
  await runsAgain(server);
});

test.describe(() => {
  test.use({ hasOwnContext: true });

  test("when the tab's process is killed, its sockets are gone within 2 s", async ({ playground, spawn, bridge, browser }) => {
    const { peers } = await serving(playground, spawn);
    const crashed = playground.page.waitForEvent("crash");
    for (const pid of await rendererPids(browser)) process.kill(pid, "SIGKILL");
    await crashed;
    await bridge.isQuiet();
    await peers.ends();
    expect(peers.output.match(/"ended":|"broken":/g)).toHaveLength(3);
  });
});

async function runsAgain(server: ProgramView): Promise<void> {
  await server.run();
  await server.shows("listening");
  await server.is("running");
}
