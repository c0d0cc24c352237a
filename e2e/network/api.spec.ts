import { LONG_PATIENCE_MS } from "../../scripts/patience.ts";
import { UPDATE } from "../support/luau.ts";
import { peerProgram } from "../support/paths.ts";
import { expect, test } from "../support/test.ts";

test("types, locked metatables, getIp and the number that send gives are as the reference says", async ({ playground, spawn }) => {
  const server = await playground.runServer(`
local server = zone.socket.server.new()
local client = zone.socket.client.new()
local stream = zone.byteStream.new()
print("server " .. typeof(server))
print("client " .. typeof(client))
print("stream " .. typeof(stream))
print("listen gives " .. select("#", server:listen(8080, nil, function(connection)
	print("connection " .. typeof(connection) .. " " .. type(connection))
	print("ip " .. connection:getIp())

	stream:writeU8(7)
	stream:writeString("hello")
	stream:seek(3)
	print("send gives " .. connection:send(stream) .. ", position " .. stream:tell())
	print("empty send gives " .. connection:send(zone.byteStream.new()))

	for name, object in { server = server, client = client, stream = stream, connection = connection } do
		local metatable = getmetatable(object)
		print(name .. " metatable " .. typeof(metatable))
		print(name .. " " .. tostring(pcall(setmetatable, object, {})))
	end
	print("no field " .. tostring(pcall(function()
		connection.secret = 1
	end)))
	print(select(2, pcall(connection.send, connection, "text")))
	print(select(2, pcall(function()
		connection.send(stream)
	end)))
	print("constructor " .. tostring(zone.socket.NetConnection) .. " " .. tostring(zone.netConnection))
	connection:close()
	print("after close " .. connection:getIp() .. " " .. connection:send(stream))
end)))
${UPDATE}
`);
  await server.shows("listen gives 0");
  const nc = spawn("nc", "-N", await playground.address(), 8080);
  nc.endInput();
  await nc.ends();
  expect(nc.bytes).toEqual(Buffer.from([7, 5, 0, 0, 0, ...Buffer.from("hello")]));

  await server.shows("after close");
  const lines = await server.allLines();
  expect(lines.slice(0, 4)).toEqual(["server SocketServer", "client SocketClient", "stream ByteStream", "listen gives 0"]);
  expect(lines).toEqual(
    expect.arrayContaining([
      "connection NetConnection userdata",
      "ip 127.0.0.1",
      "send gives 10, position 3",
      "empty send gives 0",
      ...["server", "client", "stream", "connection"].flatMap((name) => [`${name} metatable string`, `${name} false`]),
      "no field false",
      "constructor nil nil",
      "after close 127.0.0.1 0",
    ]),
  );
  expect(lines.filter((line) => line.includes("'send'"))[0]).toContain("invalid argument #1 to 'send' (ByteStream expected, got string)");
  expect(lines.find((line) => line.includes(":send") || line.includes("with ':'"))).toBeDefined();
});

test("send takes less than all once a peer does not read, and goes on where it stopped", async ({ playground, spawn }) => {
  const total = 48 * 1024 * 1024;
  const server = await playground.runServer(`
local server = zone.socket.server.new()
local chunk = zone.byteStream.fromBuffer(buffer.create(1024 * 1024))
local sent, short, connection = 0, false, nil
server:listen(8080, function(joined)
	connection = joined
end)
print("listening")
function zone.update()
	zone.socket.update()
	while connection and sent < ${total} do
		local taken = connection:send(chunk)
		sent += taken
		if taken < #chunk then
			if not short then
				short = true
				print("full after " .. sent)
			end
			break
		end
	end
	if connection and sent >= ${total} then
		print("sent " .. sent)
		connection:close()
		connection = nil
	end
end
`);
  await server.shows("listening");
  const peer = spawn(process.execPath, peerProgram("deaf"), await playground.address(), 8080);
  const full = Number((await server.shows("full after ")).replace(/\D/g, ""));
  expect(full).toBeGreaterThan(0);
  expect(full).toBeLessThan(total);
  peer.write("read\n");
  const sent = Number((await server.shows(/^sent /, { timeout: LONG_PATIENCE_MS })).replace(/\D/g, ""));
  expect(await peer.reports("received", LONG_PATIENCE_MS)).toBe(sent);
});

test("dt is the time since the last frame, and equals zone.system.dt()", async ({ playground }) => {
  const server = await playground.runServer(`
local frames, seconds, same = 0, 0, true
print("headless " .. tostring(zone.isHeadless))
function zone.update(dt)
	frames += 1
	seconds += dt
	same = same and dt == zone.system.dt()
	if frames == 60 then
		print("same " .. tostring(same) .. ", positive " .. tostring(seconds > 0.1 and seconds < 30))
	end
end
`);
  await server.shows("same true, positive true");
});

test("require finds the project's other files", async ({ playground }) => {
  await playground.newFile("greeting.luau", { isProgram: false });
  await playground.paste("greeting.luau", 'local greeting = {}\nfunction greeting.to(name)\n\treturn "hello, " .. name\nend\nreturn greeting\n');
  const server = await playground.runServer('local greeting = require("./greeting")\nprint(greeting.to("module"), require("./greeting") == greeting)\n');
  await server.shows("hello, module\ttrue");
});
