import { LONG_PATIENCE_MS } from "../../scripts/patience.ts";
import { expect, test } from "../support/test.ts";

test("without zone.socket.update() nothing is called back, and after 3 s the console hints at it once", async ({ playground, spawn }) => {
  const server = await playground.runServer(`
local server = zone.socket.server.new()
local called, seconds, since = false, 0, nil
server:listen(8080, function()
	called = true
	print("called back")
end)
print("listening")
function zone.update(dt)
	seconds += dt
	if seconds >= 8 then
		print(if called then "something was called back" else "nothing was called back in 8 s")
		seconds = -math.huge
	end
end
`);
  await server.shows("listening");
  const began = Date.now();
  const nc = spawn("nc", await playground.address(), 8080);
  nc.write("anyone there?\n");
  const hint = await server.shows("zone.socket.update()", { level: "notice" });
  expect(Date.now() - began).toBeGreaterThan(2_500);
  expect(hint).toContain("3 s");
  // More happens, but the hint has been given.
  const another = spawn("nc", await playground.address(), 8080);
  another.write("hello?\n");
  await server.shows("nothing was called back in 8 s", { timeout: LONG_PATIENCE_MS });
  expect(await server.allLines()).toEqual(["listening", hint, "nothing was called back in 8 s"]);
});

test("a script that calls zone.socket.update() gets no hint at it", async ({ playground, spawn }) => {
  const server = await playground.runServer(`
local server = zone.socket.server.new()
server:listen(8080, function(connection)
	-- Nobody takes the bytes, which is not the same as nobody calling update().
	connection:onDisconnect(function() end)
	print("joined")
end)
print("listening")
local seconds = 0
function zone.update(dt)
	zone.socket.update()
	seconds += dt
	if seconds >= 6 then
		print("6 s")
		seconds = -math.huge
	end
end
`);
  await server.shows("listening");
  const nc = spawn("nc", await playground.address(), 8080);
  nc.write("anyone there?\n");
  await server.shows("6 s", { timeout: LONG_PATIENCE_MS });
  const hint = await server.shows("onReceive", { level: "notice" });
  expect(await server.allLines()).toEqual(["listening", "joined", hint, "6 s"]);
});
