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

  test.each([
    ["Маша", "маша", "МАША", "xn--80aa8axc", "маша.zone.internal", "МАША.Zone.Internal."],
    ["Server", "server", "SERVER.zone.internal"],
    ["маша-PC", "Маша-pc"],
    ["Zoë", "zoe\u0308"],
    ["山田さん-2", "山田さん-2"],
    ["דנה-2", "דנה-2"],
    ["मशीन", "मशीन"],
  ])("%s is a name in any alphabet, reached in any case and as a label of DNS", async (name, ...hosts) => {
    const bridge = await runBridge();
    const server = await enter(bridge);
    expect(await server.rename(name)).toMatchObject({ result: RoomResult.DONE });
    const { bound } = await server.listen(0);
    const client = await enter(bridge);
    await client.watch();
    await expect.poll(() => [...client.machines.values()].map((machine) => machine.name)).toContain(name.normalize("NFKC"));
    for (const host of hosts) await client.connect(host, bound.port);
    // Nothing is looked up outside: nobody else gives names that end so.
    expect((await client.refusal("nobody.zone.internal", bound.port)).code).toBe("unknown-host");
    expect((await client.refusal("host.zone.internal", bound.port)).code).not.toBe("unknown-host");
  });

  test.each([
    ["pc-8", "рс-8", "in Cyrillic"],
    ["pc-8", "PC-8", "in capitals"],
    ["Ivan", "lvan", "with a small L"],
    ["pool", "poo1", "with a digit"],
    ["BETA", "ВЕТА", "capitals in Cyrillic"],
    ["ора", "opa", "in Latin"],
    ["ели-1", "Ели-1", "in Cyrillic capitals"],
  ])("who is called %s cannot be met as %s, %s", async (name, other) => {
    const bridge = await runBridge();
    const [first, second] = [await enter(bridge), await enter(bridge)];
    expect(await first.rename(name)).toMatchObject({ result: RoomResult.DONE });
    const answer = await second.rename(other);
    expect(answer).toMatchObject({ result: RoomResult.NAME_TAKEN, proposal: `${other}-2`, message: expect.stringContaining(`"${name}"`) as unknown });
    // It is free again with the one that it is taken for.
    await first.rename("another");
    expect(await second.rename(other)).toMatchObject({ result: RoomResult.DONE });
    // And one's own name may change its case.
    expect(await second.rename(other.toUpperCase())).toMatchObject({ result: RoomResult.DONE });
  });

  test("the longest has 32 characters and 64 bytes, and a proposal keeps to that", async () => {
    const bridge = await runBridge();
    const [first, second] = [await enter(bridge), await enter(bridge)];
    for (const name of ["x".repeat(32), "я".repeat(32), "我".repeat(21)]) {
      expect(await first.rename(name)).toMatchObject({ result: RoomResult.DONE });
      const proposal = (await second.rename(name))?.proposal ?? "";
      expect(proposal).toMatch(/^(.)\1+-2$/u);
      expect(await second.rename(proposal)).toMatchObject({ result: RoomResult.DONE });
      await second.rename("second");
    }
  });

  test.each([
    "a b",
    "-a",
    "a-",
    "7",
    "a.b",
    "host.zone.internal",
    "localhost",
    "LocalHost",
    "host",
    "xn--abc",
    "xn--80aa8axc",
    "аб--в",
    "a_b",
    // Longer than 32 characters, or than 64 bytes.
    "x".repeat(33),
    "я".repeat(33),
    "我".repeat(22),
    "𠀀".repeat(17),
    // What turns the reading order, is not seen, or is drawn over what is next to it.
    "a\u202eb",
    "a\u200fb",
    "a\u2066b",
    "a\u00adb",
    "a\u200bb",
    "a\u200db",
    "a\ufe0fb",
    "\u3164",
    "a\u115fb",
    "аб\u0301\u0302\u0303\u0304",
    "\u0301a",
    // Two alphabets in one word, two directions in one name, letters and digits of none.
    "mаша",
    "пeтя",
    "αbc",
    "דנהabc",
    "דנה-abc",
    "日本кот",
    "a٣",
    "ab😀",
    "☃",
    "a·b",
    "mашa-2",
  ])("%j is none", async (name) => {
    const bridge = await runBridge();
    const client = await enter(bridge);
    const answer = await client.rename(name);
    expect(answer?.result).toBe(RoomResult.BAD_NAME);
    expect(answer?.message).toContain(JSON.stringify([...name.normalize("NFKC")].slice(0, 32).join("")).slice(1, -1));
  });

  test("an unknown one is told with the room and who is there", async () => {
    const bridge = await runBridge({ allow: rules("0.0.0.0/0"), lookUp: () => Promise.reject(Object.assign(new Error("none"), { code: "ENOTFOUND" })) });
    const client = await enter(bridge, { room: "lesson-7b" });
    await client.rename("me");
    const said = async (name: string): Promise<string> => {
      const { code, message } = await client.refusal(name, 80);
      expect(code).toBe("unknown-host");
      return message;
    };
    const alone = 'No machine in the room "lesson-7b" is called "petja". Nobody is there but "me", this machine.';
    expect(await said("petja")).toContain(alone);
    expect(await said("petja.zone.internal")).toContain(alone);
    expect(await said("Петя")).toContain('is called "петя"');
    const others = [];
    for (const name of ["Маша", "b", "c", "d", "e", "f", "g"]) {
      const other = await enter(bridge, { room: "lesson-7b" });
      await other.rename(name);
      others.push(other);
      if (name === "Маша") expect(await said("petja")).toContain('There are "Маша" and "me", this machine.');
      if (name === "b") expect(await said("petja")).toContain('There are "Маша" and "b", besides "me", this machine.');
    }
    expect(await said("petja")).toContain('There are "Маша", "b", "c", "d", "e" and 2 more, besides "me", this machine.');
    // The likeliest first: names that begin alike, then those that listen on something.
    const last = others.at(-1);
    await last?.rename("Петя-7");
    expect(await said("ПЕТР")).toContain('There are "Петя-7", "Маша", "b"');
    await others[5]?.listen(8080);
    expect(await said("petja")).toContain('There are "f", "Маша", "b", "c", "d" and 2 more');
    expect(await said("п")).toContain('There are "f", "Маша"');
    // Latin "a", which nobody tells from the Cyrillic one.
    expect(await said("Мaшa")).toContain('is called "мaшa". "Маша" looks the same, but has other letters. There are');
    // Who is away is not there, though the name is kept.
    others[0]?.session.close();
    await expect.poll(() => said("petja")).toContain('There are "f", "b", "c", "d", "e" and 1 more');
    expect(await said("Мaшa")).not.toContain("looks the same");
    // A name with a dot is a host's: the room has nothing to do with it. Of other rooms nothing is told.
    expect(await said("exampl.com")).toBe('No host is called "exampl.com". Check the spelling, or use an IP address.');
    const stranger = await enter(bridge, { room: "other" });
    expect((await stranger.refusal("petja", 80)).message).not.toMatch(/Маша|lesson/);
  });

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
