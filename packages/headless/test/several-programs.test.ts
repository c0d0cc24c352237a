import { describe, expect, it } from "vitest";
import { freePort } from "../../../scripts/setup/free-port.mjs";
import { Command, folder, runFiles } from "./support/command.ts";
import { echoServer, UPDATE } from "./support/scripts.ts";

describe("several programs", () => {
  it("talk to each other, and each line says whose it is", async () => {
    const port = await freePort();
    const client = `
      zone.socket.client.new():connect("localhost", ${port}, function(connection)
        connection:onReceive(function(data) print("got", data:toString()) zone.system.quit() end)
        connection:send(zone.byteStream.fromString("hello"))
      end)
      ${UPDATE}
    `;
    const command = new Command(folder({ "server.luau": echoServer(port), "client.luau": `zone.system.delay(0.3)\n${client}` }), ["."]);
    await command.says("client.luau: got\thello");
    command.process.kill("SIGTERM");
    expect(await command.ended).toBe(0);
    expect(command.out.split("\n").toSorted()).toEqual(["", "client.luau: got\thello", "server.luau: bye", "server.luau: listening"]);
  });

  it.each([
    ["named so", ["server.luau", "client.luau"]],
    ["of a folder, where servers come first", ["."]],
  ])("%s start one after another: a client that connects at once finds its server, however long that takes to listen", async (_how, targets) => {
    const port = await freePort();
    const command = new Command(
      folder({
        "server.luau": `local begun = os.clock()\nrepeat until os.clock() - begun > 0.2\n${echoServer(port)}`,
        "client.luau": `zone.socket.client.new():connect("localhost", ${port}, function() print("connected") zone.system.quit() end)\n${UPDATE}`,
      }),
      targets,
    );
    await command.says("client.luau: connected");
    command.process.kill("SIGTERM");
    expect([await command.ended, command.errors]).toEqual([0, ""]);
  });

  it("that wait for their turn are ended before it", async () => {
    const command = new Command(folder({ "loop.luau": 'print("looping")\nwhile true do end', "next.luau": 'print("next")' }), ["loop.luau", "next.luau"]);
    await command.says("loop.luau: looping");
    command.process.kill("SIGTERM");
    expect(await command.ended).toBe(1);
    expect(command.out).toBe("loop.luau: looping\n");
  });

  it("end with status 1 when one of them has failed", async () => {
    const { status, errors } = await runFiles({ "good.luau": "print(1)", "bad.luau": 'error("boom")' }, ["good.luau", "bad.luau"]);
    expect(status).toBe(1);
    expect(errors).toBe("bad.luau: bad.luau:1: boom\n");
  });
});
