import { expect, test } from "../support/test.ts";

test("bytes that no onReceive takes, and an end that no onDisconnect hears of, are hinted at once, in the reader's language", async ({ playground, spawn }) => {
  const server = await playground.runServer(`
local server = zone.socket.server.new()
server:listen(8080, function(connection)
	print("joined")
end)
print("listening")
function zone.update(dt)
	zone.socket.update()
end
`);
  await server.shows("listening");
  const first = spawn("nc", "-N", await playground.address(), 8080);
  first.write("anyone there?\n");
  const bytes = await server.shows("onReceive", { level: "notice" });
  first.endInput();
  const end = await server.shows("onDisconnect", { level: "notice" });
  const second = spawn("nc", "-N", await playground.address(), 8080);
  second.write("hello?\n");
  second.endInput();
  await expect(server.lines("joined")).toHaveCount(1);
  await expect.poll(() => server.times("joined")).toBe(2);
  await second.ends();
  expect((await server.allLines()).filter((line) => line === bytes || line === end)).toHaveLength(2);
  await expect(server.lines(/./, "notice")).toHaveCount(2);
  await playground.page.getByTestId("language").click();
  await server.shows(/^Байты от [\d.]+ ждут уже 3 с, но у соединения нет onReceive\./, { level: "notice" });
  await server.shows(/^Другая сторона \([\d.]+\) закрыла соединение/, { level: "notice" });
});

test("a send that is not taken whole says whether the buffer was full or the connection is closed", async ({ playground, spawn }) => {
  const server = await playground.runServer(`
local server = zone.socket.server.new()
server:listen(8080, function(connection)
	local data = zone.byteStream.fromString(string.rep("x", 1024 * 1024))
	local sent = 0
	repeat
		local taken = connection:send(data)
		sent += taken
	until taken < data:length()
	print("full: open is " .. tostring(connection:isOpen()))
	connection:close()
	print("closed: took " .. connection:send(data) .. ", open is " .. tostring(connection:isOpen()))
end)
print("listening")
function zone.update(dt)
	zone.socket.update()
end
`);
  await server.shows("listening");
  spawn("nc", await playground.address(), 8080);
  await server.shows("full: open is true");
  await server.shows("closed: took 0, open is false");
  await server.shows(/^send took [\d,]+ of 1,048,576 bytes: .* buffer is full/, { level: "notice" });
  await server.shows(/^send took nothing: the connection with [\d.]+ is closed/, { level: "notice" });
});
