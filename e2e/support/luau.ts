/** Sources that several tests run. Each is complete: it calls `zone.socket.update()` every frame and closes what it opened. */

/** Every frame, which is what scripts without a `zone.update` of their own need. */
export const UPDATE = `
function zone.update()
	zone.socket.update()
end
`;

/** Sends back whatever comes; says who joins and leaves. */
export function echoServer(port: number): string {
  return `
local server = zone.socket.server.new()
function zone.init()
	server:listen(${port}, function(connection)
		print("joined " .. connection:getIp())
		connection:onReceive(function(data)
			connection:send(data)
		end)
		connection:onDisconnect(function()
			print("left " .. connection:getIp())
		end)
	end)
	print("listening")
end
${UPDATE}
function zone.cleanup()
	server:close()
	print("cleaned up")
end
`;
}

/** Connects, says one line, and prints what comes back. */
export function greetingClient(host: string, port: number, line: string): string {
  return `
local client = zone.socket.client.new()
function zone.init()
	client:listen("${host}", ${port}, function(connection)
		print("connected to " .. connection:getIp())
		connection:onReceive(function(data)
			print("received " .. data:toString())
		end)
		connection:onDisconnect(function()
			print("disconnected")
		end)
		connection:send(zone.byteStream.fromString("${line}\\n"))
	end)
end
${UPDATE}
function zone.cleanup()
	client:close()
end
`;
}

/**
 * The function `hash(h, stream)`: a polynomial of all bytes modulo the largest prime below 2^32, as `byteHash` of
 * peers/transfer.mjs. It depends on the order, and is quick enough for 64 MiB.
 */
export const BYTE_HASH = `
local function hash(h, stream)
	local bytes = stream:toBuffer()
	for offset = 0, buffer.len(bytes) - 1 do
		h = (h * 257 + buffer.readu8(bytes, offset)) % 4294967291
	end
	return h
end
`;

/** Takes everything that each connection sends, and prints its length and hash once it has ended. `update` defines `zone.update`. */
export function hashingServer(port: number, update: string): string {
  return `
${BYTE_HASH}
local server = zone.socket.server.new()
local number = 0
server:listen(${port}, function(connection)
	number += 1
	local name, h, length = number, 0, 0
	connection:onReceive(function(data)
		h = hash(h, data)
		length += #data
	end)
	connection:onDisconnect(function()
		print(string.format("connection %d: %d bytes, hash %d", name, length, h))
	end)
end)
print("listening")
${update}
function zone.cleanup()
	server:close()
end
`;
}

/**
 * Prints a million lines, `line 1` to `line 1000000`, and then that it has. A tenth of them in each frame: all of them in one take
 * longer than a script may, 5 s, where the machine is busy.
 */
export const MILLION_PRINTS = `
local number = 0
function zone.update()
	for _ = 1, 100000 do
		number += 1
		print("line " .. number)
	end
	if number == 1000000 then
		print("printed them all")
		zone.update = nil
	end
end
`;
