import { BridgeProcess } from "../support/bridge-process.ts";
import { echoServer, greetingClient, UPDATE } from "../support/luau.ts";
import { peerProgram } from "../support/paths.ts";
import { expect, test } from "../support/test.ts";

/** Says what its connections tell of their end, and what still works after it. */
const WATCHING_SERVER = `
local server = zone.socket.server.new()
local ends = 0
server:listen(8080, function(connection)
	print("joined")
	connection:onReceive(function(data)
		-- More than the kernel of a peer that does not read answers for.
		connection:send(zone.byteStream.fromString(string.rep("x", 65536)))
		print("heard " .. data:toString())
	end)
	connection:onDisconnect(function()
		ends += 1
		print("end " .. ends .. " of " .. connection:getIp() .. ", send gives " .. connection:send(zone.byteStream.fromString("more")))
	end)
end)
print("listening")
${UPDATE}
`;

test("onDisconnect is called once when the peer closes", async ({ playground, spawn }) => {
  const server = await playground.runServer(WATCHING_SERVER);
  await server.shows("listening");
  const address = await playground.address();
  for (const turn of [1, 2]) {
    const nc = spawn("nc", "-N", address, 8080);
    nc.write("bye");
    nc.endInput();
    await nc.ends();
    expect(await server.shows(`end ${turn} `)).toBe(`end ${turn} of 127.0.0.1, send gives 0`);
  }
  // The second end counted 2, so the first was called once.
  expect(await server.lines(/^end /).count()).toBe(2);
});

test("onDisconnect is called when the peer is killed and the connection reset", async ({ playground, spawn }) => {
  const server = await playground.runServer(WATCHING_SERVER);
  await server.shows("listening");
  const peer = spawn(process.execPath, peerProgram("deaf"), await playground.address(), 8080);
  await peer.reports("connected");
  await server.shows("heard here");
  peer.kill("SIGKILL");
  await server.shows("end 1 of 127.0.0.1, send gives 0");
  await server.is("running");
});

test("a side's own close() is not called back there, and is called on the other side", async ({ playground }) => {
  const server = await playground.runServer(`
local server = zone.socket.server.new()
local frames = nil
server:listen(9000, function(connection)
	connection:onDisconnect(function()
		print("called back")
	end)
	connection:onReceive(function()
		connection:close()
		connection:close()
		frames = 0
	end)
end)
print("listening")
function zone.update()
	zone.socket.update()
	if frames then
		frames += 1
		if frames == 60 then
			print("60 frames later")
		end
	end
end
`);
  await server.shows("listening");
  const client = await playground.runClient(greetingClient("127.0.0.1", 9000, "close, please"));
  await client.shows("disconnected");
  await server.shows("60 frames later");
  expect(await server.allLines()).toEqual(["listening", "60 frames later"]);
});

test("what was sent before close() arrives, then the end", async ({ playground, spawn }) => {
  const server = await playground.runServer(`
local server = zone.socket.server.new()
server:listen(8080, function(connection)
	connection:send(zone.byteStream.fromString(string.rep("last words ", 5000)))
	connection:close()
end)
print("listening")
${UPDATE}
`);
  await server.shows("listening");
  const nc = spawn("nc", "-N", await playground.address(), 8080);
  nc.endInput();
  expect(await nc.ends()).toBe("last words ".repeat(5_000));
});

test.describe("with a short grace time, since a bridge that is killed looks like a network that is away", () => {
  test.use({ bridgeOptions: ["--grace", "2"], hasOwnBridge: true });

  for (const signal of ["SIGKILL", "SIGINT"] as const) {
    test(`when the bridge goes away by ${signal}, scripts hear of it, the page says why, and comes back with it`, async ({ playground, bridge, spawn }) => {
      const server = await playground.runServer(echoServer(8080));
      await server.shows("listening");
      const client = await playground.runClient(greetingClient("127.0.0.1", 8080, "hello"));
      await client.shows("received hello");
      const nc = spawn("nc", "-v", await playground.address(), 8080);
      await expect.poll(() => nc.errors).toContain("succeeded");
      bridge.program.kill(signal);
      // Sockets that are open do not keep it.
      await bridge.program.ended;
      if (signal === "SIGINT") expect(bridge.program.ending).toEqual({ status: 0, signal: null });

      await client.shows("disconnected");
      await server.shows("left 127.0.0.1");
      await client.shows("The connection to the bridge was lost", { level: "notice" });
      await expect(playground.page.getByTestId("bridge-state")).toHaveAttribute("data-state", "lost");
      await expect(playground.page.getByTestId("bridge-notice")).toContainText("start it again as before");

      const again = await BridgeProcess.start(["--port", String(bridge.port)]);
      try {
        // The page comes back by itself.
        await playground.isReady();
        await server.run();
        await server.shows("listening");
        await client.run();
        await client.shows("received hello");
      } finally {
        await again.program.end();
      }
    });
  }
});
