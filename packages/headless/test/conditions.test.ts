import { connect } from "node:net";
import { once } from "node:events";
import { describe, expect, it, onTestFinished } from "vitest";
import { freePort } from "../../../scripts/setup/free-port.mjs";
import { Command, folder, runFiles } from "./support/command.ts";

const UPDATE = "function zone.update() zone.socket.update() end\n";

describe("--conditions", () => {
  it("hold for each program, both ways, and what was sent last still arrives after its delay", async () => {
    const port = await freePort();
    const client = `
      local stream = zone.byteStream.fromString("ping")
      local begun = os.clock()
      zone.socket.client.new():connect("127.0.0.1", ${port}, function(connection)
        print("connected", os.clock() - begun >= 0.199)
        begun = os.clock()
        connection:onReceive(function(data)
          print("answered", os.clock() - begun >= 0.399)
          connection:send(data)
          zone.system.quit()
        end)
        connection:send(stream)
      end)
      ${UPDATE}
    `;
    const server = `
      zone.socket.server.new():listen(${port}, function(connection)
        local count = 0
        connection:onReceive(function(data) count += 1 print("server", count) connection:send(data) end)
        connection:onDisconnect(function() print("ended") zone.system.quit() end)
      end)
      ${UPDATE}
    `;
    const { status, out, errors } = await runFiles({ "server.luau": server, "client.luau": client }, [
      "--conditions",
      "delay=100",
      "--seed",
      "7",
      "server.luau",
      "client.luau",
    ]);
    expect([status, errors]).toEqual([0, ""]);
    const lines = out.trim().split("\n");
    expect(lines.filter((line) => line.startsWith("client"))).toEqual(["client.luau: connected\ttrue", "client.luau: answered\ttrue"]);
    expect(lines.filter((line) => line.startsWith("server"))).toEqual(["server.luau: server\t1", "server.luau: server\t2", "server.luau: ended"]);
  });

  it("do not keep a program that is stopped: what is held goes at once, within the time for that", async () => {
    const port = await freePort();
    const command = new Command(
      folder({
        "main.luau": `
      zone.socket.server.new():listen(${port}, function(connection)
        connection:onReceive(function(data) connection:send(data) end)
      end)
      print("listening")
      ${UPDATE}
    `,
      }),
      ["--conditions", "out.rate=1", "main.luau"],
    );
    await command.says("listening");
    const socket = connect({ host: "127.0.0.1", port });
    onTestFinished(() => void socket.destroy());
    let answer = "";
    socket.on("data", (data: Buffer) => void (answer += data.toString()));
    const ended = once(socket, "end");
    socket.write("x".repeat(1_000));
    await command.until(() => answer.length > 0, "the first byte");
    command.process.kill("SIGINT");
    await ended;
    expect(answer).toHaveLength(1_000);
    expect(await command.ended).toBe(0);
  });

  it.each<[string, Readonly<Record<string, string>>, readonly string[], RegExp]>([
    ["an unknown condition", {}, ["--conditions", "loss=5", "a"], /^--conditions: "loss=5" is no condition; it takes one of school-wifi, /],
    ["a condition out of bounds", {}, ["--conditions", "delay=20000", "a"], /^--conditions: out\.delayMs is 20000; it takes a whole number from 0 to 10000$/],
    ["a seed that is none", {}, ["--conditions", "one-byte", "--seed", "1.5", "a"], /^--seed is "1\.5"; it takes a whole number from 0 to 4294967295$/],
    ["a seed without conditions", {}, ["--seed", "1", "a"], /^--seed goes with --conditions$/],
  ])("%s: one line, status 2", async (_what, files, args, message) => {
    const { status, out, errors } = await runFiles(files, args);
    expect([status, out]).toEqual([2, ""]);
    expect(errors.split("\n")).toEqual([expect.stringMatching(message), ""]);
  });
});
