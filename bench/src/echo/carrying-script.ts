/** What is carried, by each of the connections. */
export interface Transfer {
  readonly connections: number;
  readonly blockBytes: number;
  /** Bytes that are sent and have not come back, at most. */
  readonly underWay: number;
  readonly warmUpBytes: number;
  readonly measuredBytes: number;
}

/**
 * A script whose connections carry bytes to an echo and back. What comes back is looked at; the seconds that it takes are printed behind
 * `took`, and the program quits.
 */
export function carryingScript(host: string, port: number, { connections, blockBytes, underWay, warmUpBytes, measuredBytes }: Transfer): string {
  return `
local connections = {}

-- Sends "total" bytes over every connection and has as many come back, each connection's marked with its number.
local function carry(total, finished)
	local missing = #connections
	for mark, connection in connections do
		local block = zone.byteStream.fromString(string.rep(string.char(mark), ${blockBytes}))
		local sent, received = 0, 0
		local function fill()
			while sent < total and sent - received < ${underWay} do
				local taken = connection:send(block)
				assert(taken == #block, "the send buffer is full")
				sent += taken
			end
		end
		connection:onReceive(function(data)
			received += #data
			assert(data:readU8() == mark, "bytes of another connection came back")
			assert(received <= total, "more came back than was sent")
			if received < total then return fill() end
			missing -= 1
			if missing == 0 then finished() end
		end)
		fill()
	end
end

for _ = 1, ${connections} do
	zone.socket.client.new():listen("${host}", ${port}, function(connection)
		table.insert(connections, connection)
		if #connections < ${connections} then return end
		carry(${warmUpBytes}, function()
			local begun = os.clock()
			carry(${measuredBytes}, function()
				print(string.format("took %.4f s", os.clock() - begun))
				zone.system.quit()
			end)
		end)
	end)
end

function zone.update() zone.socket.update() end
`;
}

/** The seconds that the script's line tells; undefined for another line. */
export function secondsIn(line: string): number | undefined {
  const seconds = /^took ([\d.]+) s$/.exec(line)?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}
