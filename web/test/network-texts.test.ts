import { describe, expect, it } from "vitest";
import type { Arrow, Gauge, LadderItem, Mark, Note } from "@playground/capture";
import { explain } from "../src/network-view/explain.ts";
import { kindText, partTexts, sentence } from "../src/network-view/ladder-texts.ts";
import { noteText } from "../src/network-view/note-text.ts";
import { pressureOf } from "../src/network-view/pressure.ts";
import { bytesText, shortSize } from "../src/network-view/size-text.ts";
import { durationText, sinceText } from "../src/network-view/time-text.ts";
import { LadderFixture } from "./support/ladder-fixture.ts";

const ladder = new LadderFixture();
const [server, client] = [ladder.lifeline("program", "server.luau"), ladder.lifeline("program", "client.luau")];
const names = { nameOf: (id: string): string | undefined => ladder.lifelines.find((lifeline) => lifeline.id === id)?.name };
const line = { entry: 1, place: { file: "server.luau", line: 14 } };

describe("sentence", () => {
  const part = { offset: 0, size: 36, asked: 36, part: 1, of: 3 };
  const endpoint = { address: "127.1.1.1", port: 8080 };
  it.each<[LadderItem, string]>([
    [
      ladder.bytes(server, client, "hello", { sender: line, piece: { send: part } }),
      "server.luau to client.luau, 5 bytes, “hello”, part 1 of 3, received, line 14",
    ],
    [
      ladder.bytes(client, server, "a\r\n", { state: "held", piece: { arrival: { offset: 0, size: 9, sends: 2 } } }),
      "client.luau to server.luau, 3 bytes, “a\\r\\n”, 2 sends in one, held up",
    ],
    [ladder.arrow("connect", client, server, { state: "refused", remote: endpoint }), "client.luau to server.luau, connection refused 127.1.1.1:8080"],
    [ladder.arrow("end", client, server), "client.luau to server.luau, end of stream, received"],
    [ladder.mark("listen", { on: server, endpoint, site: line }), "server.luau: listens on 127.1.1.1:8080, line 14"],
    [ladder.mark("printed", { on: server, text: "Hi\u001b[31m!" }), "server.luau: prints Hi!"],
    [ladder.mark("control", { control: { kind: "pause" } }), "Paused: nothing is delivered"],
    [ladder.mark("lost", { lost: { events: 1_200, bytes: 5 } }), "1,200 events are missing here: they came too fast to be kept"],
    [ladder.bytes("nobody", client, "x"), "somebody to client.luau, 1 byte, “x”, received"],
  ])("%#: %s", (item, text) => {
    expect(sentence(item, names)).toBe(text);
  });
});

describe("partTexts", () => {
  it("says nothing of a send that came whole, and no total while more may come", () => {
    expect(partTexts(ladder.bytes(server, client, "x"))).toEqual([]);
    expect(partTexts(ladder.bytes(server, client, "x", { piece: { send: { offset: 0, size: 9, asked: 9, part: 2 } } }))).toEqual(["part 2"]);
  });
});

describe("explanations", () => {
  const arrows = (["connect", "bytes", "end", "reset"] as const).flatMap((kind) =>
    (["under-way", "held", "arrived", "received", "refused", "failed", "thrown-away"] as const).map((state): Arrow =>
      ladder.arrow(kind, server, client, { state }),
    ),
  );
  const kinds = ["listen", "listen-failed", "listener-closed", "listener-lost", "closed", "broken", "printed", "control", "lost", "program"] as const;
  const marks = kinds.map((kind): Mark => ladder.mark(kind, { on: server, text: "x" }));

  it("there is a sentence for each kind and state", () => {
    for (const item of [...arrows, ...marks]) {
      expect(explain(item), item.kind).toMatch(/^[A-Z].{20,}\.$/);
      if (item.kind !== "control") expect(kindText(item), item.kind).not.toBe("");
    }
  });

  const notes: readonly Note[] = [
    { code: "send-split", pieces: 3 },
    { code: "sends-glued", sends: 2 },
    { code: "send-short", taken: 10, asked: 1_000 },
    { code: "no-receiver", waiting: 5 },
    { code: "update-missing", seconds: 2.5 },
    { code: "end-unread", unread: 7 },
    { code: "nobody-listens", host: "127.0.0.1", port: 81, listeners: [] },
    { code: "nobody-listens", host: "127.0.0.1", port: 81, listeners: [{ program: "server.luau", port: 8080 }] },
    { code: "closed-early", underWay: 3, unread: 4 },
    { code: "left-open" },
    { code: "bytes-cut", kept: 64, size: 9_000 },
  ];
  it.each(notes.map((note) => [note.code, note] as const))("%s says what it is and its figures", (_, note) => {
    const text = noteText(note);
    expect(text).toMatch(/\.$/);
    for (const value of Object.values(note)) if (typeof value === "number") expect(text).toContain(value.toLocaleString("en"));
  });
  it("names who listens elsewhere", () => {
    expect(noteText(notes[7] as Note)).toContain("server.luau listens on port 8080");
  });
});

describe("figures", () => {
  it.each([
    [0.31, "0.3 ms"],
    [12.4, "12 ms"],
    [999.7, "1 sec"],
    [3_240, "3.2 sec"],
    [125_000, "2 min 5 sec"],
    [3_780_000, "1 hr 3 min"],
    [-5, "0 ms"],
  ])("%d ms is %s", (milliseconds, text) => {
    expect(durationText(milliseconds)).toBe(text);
  });
  it("counts seconds since the beginning", () => {
    expect(sinceText(1_000_061_204.4, 1_000_000_000)).toBe("61.204");
  });
  it("writes sizes", () => {
    expect([bytesText(1), bytesText(1_234), shortSize(12), shortSize(1_500), shortSize(4_300_000)]).toEqual([
      "1 byte",
      "1,234 bytes",
      "12B",
      "1.5 kB",
      "4.3 MB",
    ]);
  });
});

describe("pressureOf", () => {
  const gauge: Gauge = { at: 0, sendBuffer: 0, sendBufferLimit: 1_000, window: 500, waiting: 0 };
  it.each([
    [{}, "none"],
    [{ sendBuffer: 1_000 }, "send-full"],
    [{ sendBuffer: 10 }, "sending"],
    [{ waiting: 10 }, "waiting"],
    [{ waiting: 500, window: 0 }, "window-closed"],
  ] as const)("%j: %s", (change, pressure) => {
    expect(pressureOf({ ...gauge, ...change })).toBe(pressure);
  });
});
