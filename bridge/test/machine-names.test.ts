import { randomBytes } from "node:crypto";
import { RoomResult } from "@playground/wire/codec";
import { describe, expect, test } from "vitest";
import { enter } from "./support/room-page.ts";
import { rules, runBridge } from "./support/running-bridge.ts";

describe("names of machines", () => {
  test("each has one by its address, and can be reached by it in its room only", async () => {
    const bridge = await runBridge();
    const server = await enter(bridge);
    const { address } = await server.ready;
    const name = `pc-${address.split(".")[3]}`;
    const { bound, accepted } = await server.listen(0);
    const client = await enter(bridge);
    const stream = await client.connect(name, bound.port);
    expect(stream.stream.remote).toEqual({ address, port: bound.port });
    expect(stream.stream.local.address).toBe((await client.ready).address);
    expect(accepted).toHaveLength(1);
    expect((await client.connect(name.toUpperCase(), bound.port)).stream.remote.address).toBe(address);
    const stranger = await enter(bridge, { room: "other" });
    // The other room has a machine of this name too, which listens on nothing.
    expect((await stranger.refusal(name, bound.port)).code).toBe("connection-refused");
    expect((await client.refusal("pc-200", bound.port)).code).toBe("unknown-host");
  });

  test("a chosen one counts at once and the one before no longer", async () => {
    const bridge = await runBridge();
    const server = await enter(bridge);
    const { bound } = await server.listen(0);
    expect(await server.rename("server")).toMatchObject({ result: RoomResult.DONE });
    expect(await server.rename("server")).toMatchObject({ result: RoomResult.DONE });
    const client = await enter(bridge);
    await client.connect("server", bound.port);
    expect(await client.refusal("pc-1", bound.port)).toMatchObject({ code: "unknown-host", message: expect.stringContaining("pc-1") as unknown });
  });

  test("a listener on 127.0.0.1 is not reached by name from elsewhere, and is from its own machine", async () => {
    const bridge = await runBridge();
    const token = randomBytes(16);
    const server = await enter(bridge, { token });
    await server.rename("server");
    const { bound } = await server.listen(0, "127.0.0.1");
    const client = await enter(bridge);
    expect((await client.refusal("server", bound.port)).code).toBe("connection-refused");
    const sameMachine = await enter(bridge, { token });
    await sameMachine.connect("server", bound.port);
  });

  test("a name that is taken is refused with one that is free", async () => {
    const bridge = await runBridge({ allow: rules("server-2:80") });
    const [first, second, third] = [await enter(bridge), await enter(bridge), await enter(bridge)];
    await first.rename("server");
    const answer = await second.rename("server");
    expect(answer).toMatchObject({ result: RoomResult.NAME_TAKEN, message: expect.stringContaining('"server"') as unknown });
    // "server-2" is a host that the operator has opened.
    expect(answer?.proposal).toBe("server-3");
    expect(await second.rename("server-3")).toMatchObject({ result: RoomResult.DONE });
    expect((await third.rename("server"))?.proposal).toBe("server-4");
    expect(await third.rename("server-2")).toMatchObject({ result: RoomResult.BAD_NAME, message: expect.stringContaining("outside the room") as unknown });
  });

  test.each(["Server", "сервер", "a b", "-a", "a-", "7", "a.b", "host.zone.internal", "localhost", "host", "xn--abc", "x".repeat(33)])(
    "%s is none",
    async (name) => {
      const bridge = await runBridge();
      const client = await enter(bridge);
      const answer = await client.rename(name);
      expect(answer?.result).toBe(RoomResult.BAD_NAME);
      expect(answer?.message).toContain(name.slice(0, 32));
    },
  );

  test("a name stays with its machine while the page is away, and with --network host too", async () => {
    const bridge = await runBridge({ network: "host" });
    const token = randomBytes(16);
    const first = await enter(bridge, { token });
    await first.rename("server");
    first.session.close();
    const other = await enter(bridge);
    expect((await other.rename("server"))?.result).toBe(RoomResult.NAME_TAKEN);
    const again = await enter(bridge, { token });
    const { bound } = await again.listen(0, "127.0.0.1");
    await other.connect("server", bound.port);
    // Its own name, under which nothing listens, though the address is the same.
    expect((await other.refusal("pc-2", bound.port)).code).toBe("connection-refused");
    expect((await other.refusal("pc-3", bound.port)).code).toBe("unknown-host");
  });
});
