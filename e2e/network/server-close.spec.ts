import { UPDATE } from "../support/luau.ts";
import { peerProgram } from "../support/paths.ts";
import { expect, test } from "../support/test.ts";

// What all rooms of the bridge hold is counted.
test.use({ hasOwnBridge: true });

/** Closes when it is told "close"; listens again at once when it is told "again". */
const CLOSING_SERVER = `
local server = zone.socket.server.new()
local clients = 0
local function join(connection)
	clients += 1
	print("client " .. clients)
	connection:onDisconnect(function()
		print("called back")
	end)
	connection:onReceive(function(data)
		local word = string.match(data:toString(), "%a+")
		if word == "close" then
			server:close()
			print("closed")
		elseif word == "again" then
			server:close()
			server:listen(8080, join)
			print("listening again")
		end
	end)
end
server:listen(8080, join)
print("listening")
${UPDATE}
`;

test("server:close() ends its clients and frees the port at once", async ({ playground, spawn, bridge }) => {
  const server = await playground.runServer(CLOSING_SERVER);
  await server.shows("listening");
  const address = await playground.address();
  const peers = spawn(process.execPath, peerProgram("listener"), address, 8080, 5);
  await peers.reports("connected");
  const nc = spawn("nc", address, 8080);
  nc.write("close\n");
  await server.shows("closed");
  await peers.ends();
  expect(peers.output.match(/"ended":/g)).toHaveLength(5);
  nc.endInput();
  await nc.ends();
  await bridge.isQuiet();

  const late = spawn(process.execPath, peerProgram("listener"), address, 8080);
  expect(await late.reports("broken")).toEqual([0, "ECONNREFUSED"]);
  // Another program can have the port now.
  const listener = spawn("nc", "-v", "-l", address, 8080);
  await expect.poll(() => listener.errors).toContain("Listening");
  expect(await server.lines("called back").count()).toBe(0);
  // A program without frames would be over; this one has zone.update.
  await server.is("running");
});

test("listening again on the same port works in the same breath", async ({ playground, spawn }) => {
  const server = await playground.runServer(CLOSING_SERVER);
  await server.shows("listening");
  const address = await playground.address();
  for (const turn of [1, 2, 3]) {
    const nc = spawn("nc", address, 8080);
    await server.shows(`client ${turn}`);
    nc.write("again\n");
    await expect(server.lines("listening again")).toHaveCount(turn);
    nc.endInput();
    await nc.ends();
  }
  expect(await server.lines("called back").count()).toBe(0);
});

test("client:close() ends the connection on the other side, and the client can be used again", async ({ playground, spawn }) => {
  const server = await playground.runServer(CLOSING_SERVER);
  await server.shows("listening");
  const client = await playground.runClient(`
local client = zone.socket.client.new()
for turn = 1, 3 do
	client:listen("127.0.0.1", 8080, function() end)
	print("connected " .. turn)
	client:close()
end
`);
  await client.shows("connected 3");
  await expect.poll(() => server.times("called back")).toBe(3);
  // Nothing is left to do for it.
  await client.is("stopped");
  const nc = spawn("nc", await playground.address(), 8080);
  await server.shows("client 4");
  await nc.end();
});
