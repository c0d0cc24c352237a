import { LONG_PATIENCE_MS } from "../../scripts/patience.ts";
import { echoServer, hashingServer, UPDATE } from "../support/luau.ts";
import { freePort } from "../../scripts/setup/free-port.mjs";
import { peerProgram } from "../support/paths.ts";
import { expect, test } from "../support/test.ts";

const MIB = 1024 * 1024;

interface Transferred {
  readonly bytes: number;
  readonly sha256: string;
  readonly byteHash: number;
}

test.use({ bridgeOptions: ["--allow", "host.zone.internal"] });

test("1 MiB of random bytes goes to a script and back unharmed", async ({ playground, spawn }) => {
  const server = await playground.runServer(echoServer(8080));
  await server.shows("listening");
  const peer = spawn(process.execPath, peerProgram("transfer"), await playground.address(), 8080, MIB);
  const sent = await peer.reports<Transferred>("sent");
  const received = await peer.reports<Transferred>("received", LONG_PATIENCE_MS);
  expect(received).toEqual({ bytes: MIB, sha256: sent.sha256 });
});

test("1 MiB that a script makes arrives at nc as it was made", async ({ playground, spawn }) => {
  const port = await freePort();
  const nc = spawn("nc", "-v", "-l", "127.0.0.1", port);
  await expect.poll(() => nc.errors).toContain("Listening");
  const client = await playground.runClient(`
local client = zone.socket.client.new()
local bytes = buffer.create(${MIB})
for offset = 0, ${MIB} - 1 do
	buffer.writeu8(bytes, offset, math.random(0, 255))
end
local stream = zone.byteStream.fromBuffer(bytes)
local sent, connection = 0, nil
client:listen("host.zone.internal", ${port}, function(opened)
	connection = opened
end)
function zone.update()
	zone.socket.update()
	-- send() takes what there is room for, and says how much that was.
	if connection and sent < #stream then
		stream:seek(sent)
		local taken = connection:send(zone.byteStream.fromString(stream:read()))
		sent += taken
		if sent == #stream then
			connection:close()
			local h = 0
			for offset = 0, ${MIB} - 1 do
				h = (h * 257 + buffer.readu8(bytes, offset)) % 4294967291
			end
			print(string.format("sent %d bytes, hash %d", sent, h))
		end
	end
end
`);
  const line = await client.shows("sent ", { timeout: LONG_PATIENCE_MS });
  nc.endInput();
  await nc.ends();
  let hash = 0;
  for (const byte of nc.bytes) hash = (hash * 257 + byte) % 4_294_967_291;
  expect(line).toBe(`sent ${MIB} bytes, hash ${hash}`);
  expect(nc.bytes.length).toBe(MIB);
});

test("64 MiB and an end reach a slow script in full", async ({ playground, spawn }) => {
  const total = 64 * MIB;
  // Every second frame only: the peer has to wait for the script.
  const server = await playground.runServer(
    hashingServer(
      8080,
      `
local frame = 0
function zone.update()
	frame += 1
	if frame % 2 == 0 then
		zone.socket.update()
	end
end
`,
    ),
  );
  await server.shows("listening");
  const peer = spawn(process.execPath, peerProgram("transfer"), await playground.address(), 8080, total);
  const sent = await peer.reports<Transferred>("sent", LONG_PATIENCE_MS);
  expect(sent.bytes).toBe(total);
  expect(await server.shows("connection 1:", { timeout: LONG_PATIENCE_MS })).toBe(`connection 1: ${total} bytes, hash ${sent.byteHash}`);
});

test("all 256 byte values survive between two scripts", async ({ playground }) => {
  const server = await playground.runServer(echoServer(9000));
  await server.shows("listening");
  const client = await playground.runClient(`
local client = zone.socket.client.new()
local bytes = {}
for value = 0, 255 do
	table.insert(bytes, string.char(value))
end
local all = table.concat(bytes)
local back = ""
client:listen("127.0.0.1", 9000, function(connection)
	connection:onReceive(function(data)
		back ..= data:toString()
		if #back == #all then
			print(if back == all then "the same" else "not the same")
		end
	end)
	connection:send(zone.byteStream.fromString(all))
end)
${UPDATE}
`);
  await client.shows(/the same/);
  expect(await client.allLines()).toEqual(["the same"]);
});
