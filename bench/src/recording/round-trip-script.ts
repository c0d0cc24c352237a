/** A script that sends a few bytes to an echo and waits for them, so many times after a warm-up; it prints the seconds that they took together behind `took`. */
export function roundTripScript(host: string, port: number, { trips, warmUp }: { readonly trips: number; readonly warmUp: number }): string {
  return `
local begun = 0
local count = 0
zone.socket.client.new():connect("${host}", ${port}, function(connection)
	local function ask()
		local question = zone.byteStream.new()
		question:writeU16(count % 65536)
		question:writeString("how are you?")
		connection:send(question)
	end
	connection:onReceive(function(data)
		assert(data:readU16() == count % 65536 and data:readString() == "how are you?", "another answer")
		count += 1
		if count == ${warmUp} then begun = os.clock() end
		if count < ${warmUp + trips} then return ask() end
		print(string.format("took %.4f s", os.clock() - begun))
		zone.system.quit()
	end)
	ask()
end)

function zone.update() zone.socket.update() end
`;
}
