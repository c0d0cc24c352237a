import { expect, test } from "vitest";
import { type LogFormat, LogWriter } from "../src/index.ts";
import type { LogLevel } from "../src/index.ts";
import { roomLabel } from "../src/log/room-label.ts";
import { runBridge, until } from "./support/running-bridge.ts";
import { tcpServer } from "./support/tcp-peer.ts";
import { ZoneClient } from "./support/zone-client.ts";

function writer(options: { format?: LogFormat; level?: LogLevel } = {}) {
  const lines: string[] = [];
  const log = new LogWriter({ write: (line) => lines.push(line), now: () => new Date(0), ...options });
  return { lines, log };
}

test("one line of JSON for each entry; what is undefined is left out, what a client sent cannot break the line or the terminal", () => {
  const { log, lines } = writer();
  log.log({ level: "warn", event: "refusal", client: "10.0.0.1", message: 'a "b"\n\u001b[31m\u009bé', session: undefined, target: "x".repeat(600) });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^[\x20-\x7e]+\n$/);
  expect(JSON.parse(lines[0] ?? "")).toEqual({
    time: "1970-01-01T00:00:00.000Z",
    level: "warn",
    event: "refusal",
    client: "10.0.0.1",
    message: 'a "b"\n\u001b[31m\u009bé',
    target: `${"x".repeat(500)}…`,
  });
});

test("logfmt", () => {
  const { log, lines } = writer({ format: "logfmt" });
  log.log({ level: "info", event: "session", session: 3, reason: 'a="b" c\n', client: "::1", empty: "" });
  expect(lines).toEqual(['time=1970-01-01T00:00:00.000Z level=info event=session session=3 reason="a=\\"b\\" c\\n" client=::1 empty=""\n']);
});

test("text for a terminal: the sentence, and the circumstances behind it", () => {
  const { log, lines } = writer({ format: "text" });
  log.log({ level: "warn", event: "refusal", client: "10.0.0.1", message: "Too many\n\u001b[31m rooms.", session: undefined });
  log.log({ level: "warn", event: "root", message: "The bridge runs as root." });
  log.log({ level: "info", event: "stop", signal: "SIGINT" });
  log.log({ level: "info", event: "stop" });
  expect(lines).toEqual([
    "warn: Too many\\u000a\\u001b[31m rooms. (client=10.0.0.1)\n",
    "warn: The bridge runs as root.\n",
    "info: stop signal=SIGINT\n",
    "info: stop\n",
  ]);
});

test("levels, and a flood of warnings that takes neither the disk nor the place of other lines", () => {
  const { log, lines } = writer();
  log.log({ level: "debug", event: "x" });
  expect(lines).toEqual([]);
  for (let i = 0; i < 100_000; i += 1) log.log({ level: "warn", event: "refusal" });
  expect(lines.length).toBeLessThan(300);
  expect(log.leftOut).toBeGreaterThan(99_000);
  log.log({ level: "info", event: "session" });
  expect(JSON.parse(lines.at(-2) ?? "")).toMatchObject({ event: "log-lines-left-out", lines: expect.any(Number) });
  expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ event: "session" });
});

test("a session is one line, which holds neither its room's name nor its tokens nor what it carried", async () => {
  const { port } = await tcpServer((socket) => void socket.pipe(socket));
  const { log, lines } = writer({ level: "debug" });
  const bridge = await runBridge({ network: "lan", log: log.log });
  const token = new Uint8Array(16).fill(0xab);
  const client = new ZoneClient(bridge, { room: "secret-room", token });
  const { id } = await client.ready;
  const { bound } = await client.listen(0);
  const stream = await client.connect(bound.address, bound.port);
  await stream.sendAll(Buffer.from("secret-payload"));
  expect((await client.refusal("127.0.0.1", port)).code).not.toBe("");
  client.session.close();
  await until(() => lines.some((line) => line.includes('"event":"session"')), "the line");
  const ended = lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ event }) => event === "session");
  expect(ended).toMatchObject([
    {
      level: "info",
      session: 1,
      room: roomLabel("secret-room"),
      client: "127.0.0.1",
      machine: bound.address,
      mode: "zone",
      listeners: 1,
      resumptions: 0,
      refusals: 0,
    },
  ]);
  for (const secret of ["secret-room", "secret-payload", "abababab", Buffer.from(id).toString("hex")]) expect(lines.join("")).not.toContain(secret);
});

test("the label of a room is the same within a process and says nothing of the name", () => {
  expect(roomLabel("a")).toBe(roomLabel("a"));
  expect(roomLabel("a")).not.toBe(roomLabel("b"));
  expect(roomLabel("a")).toMatch(/^[0-9a-f]{12}$/);
});

test("machines that share an address are told apart by their number, as their first names have it", async () => {
  const { log, lines } = writer();
  const bridge = await runBridge({ network: "host", log: log.log });
  const clients = [new ZoneClient(bridge, { token: new Uint8Array(16).fill(1) }), new ZoneClient(bridge, { token: new Uint8Array(16).fill(2) })];
  for (const client of clients) await client.ready;
  for (const client of clients) client.session.close();
  await until(() => lines.filter((line) => line.includes('"event":"session"')).length === 2, "two lines");
  const machines = lines.map((line) => JSON.parse(line) as { machine: string; machineNumber: number });
  expect(machines.map(({ machine, machineNumber }) => `${machine} ${machineNumber}`).toSorted()).toEqual(["127.0.0.1 1", "127.0.0.1 2"]);
});
