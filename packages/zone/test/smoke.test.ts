import { expect, it } from "vitest";
import { run } from "./support/run-program.ts";

it("talks over TCP", async () => {
  const server = await run(`
    local server = zone.socket.server.new()
    server:listen(45871, nil, function(connection)
      print("joined", connection:getIp(), typeof(connection))
      connection:onReceive(function(data) print("got", data:toString()); connection:send(data) end)
      connection:onDisconnect(function() print("left") end)
    end)
    print("listening")
    function zone.update() zone.socket.update() end
    function zone.cleanup() server:close() print("bye") end
  `);
  await server.printedLine("listening");
  const client = await run(`
    local client = zone.socket.client.new()
    client:listen("127.0.0.1", 45871, function(connection)
      connection:onReceive(function(data) print("echo", data:toString()); client:close() end)
      local s = zone.byteStream.new() s:write("hello")
      print(connection:send(s))
    end)
    print("connected")
    function zone.update() zone.socket.update() end
  `);
  await client.printedLine("echo\thello");
  await server.printedLine("left");
  server.stop();
  expect(server.printed).toEqual(["listening", "joined\t127.0.0.1\tNetConnection", "got\thello", "left", "bye"]);
  expect(client.printed).toEqual(["connected", "5", "echo\thello"]);
});
