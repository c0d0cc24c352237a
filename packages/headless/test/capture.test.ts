import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readPcapng } from "@playground/capture";
import { describe, expect, it } from "vitest";
import { freePort } from "../../../scripts/setup/free-port.mjs";
import { Command, folder } from "./support/command.ts";

const UPDATE = "function zone.update() zone.socket.update() end\n";

describe("--capture", () => {
  it("writes what the programs did on the network, for Wireshark", async () => {
    const port = await freePort();
    const client = `
      zone.socket.client.new():connect("127.0.0.1", ${port}, function(connection)
        connection:onReceive(function(data) print("got", data:toString()) zone.system.quit() end)
        connection:send(zone.byteStream.fromString("hello"))
      end)
      ${UPDATE}
    `;
    const path = folder({
      "server.luau": `
      zone.socket.server.new():listen(${port}, function(connection)
        connection:onReceive(function(data) connection:send(data) end)
      end)
      print("listening")
      ${UPDATE}
    `,
      "client.luau": `zone.system.delay(0.3)\n${client}`,
    });
    const command = new Command(path, ["--capture", "talk.pcapng", "."]);
    await command.says("client.luau: got\thello");
    command.process.kill("SIGTERM");
    expect(await command.ended).toBe(0);
    const { runs } = readPcapng(new Uint8Array(readFileSync(join(path, "talk.pcapng"))));
    const ofClient = runs.find(({ file }) => file === "client.luau")?.events ?? [];
    const ofServer = runs.find(({ file }) => file === "server.luau")?.events ?? [];
    const send = ofClient.find((event) => event.type === "send");
    expect(Buffer.from(send?.bytes ?? []).toString()).toBe("hello");
    expect(send?.site?.place).toEqual({ file: "client.luau", line: 5 });
    expect(ofServer.map(({ type }) => type)).toEqual(expect.arrayContaining(["listening", "accepted", "arrive", "receive", "send", "close"]));
    for (const events of [ofClient, ofServer]) expect(events.at(-1)).toMatchObject({ type: "program", state: "stopped" });
  });

  it("says at once, or at the end, that a file cannot be written; status 2", async () => {
    const path = folder({ "a.luau": 'print("ran")' });
    const command = new Command(path, ["--capture", "gone/talk.pcapng", "a.luau"]);
    expect(await command.ended).toBe(2);
    expect(command.out).toBe("");
    expect(command.errors).toMatch(/^--capture: gone\/talk\.pcapng cannot be written: ENOENT/);
  });
});
