import { describe, expect, it } from "vitest";
import { PLAIN_CONDITIONS, PLAIN_DIRECTION } from "../src/index.ts";
import { connectedPair, pair } from "./support/pair.ts";

describe("conditions that come later", () => {
  it("hold for what lives already: streams, listeners, and connections that are being made", () => {
    const made = connectedPair({ isLate: true });
    made.clientSide.send(Buffer.from("before "));
    made.clock.settle();
    const connecting = made.connect();
    made.fill();
    made.client.pause();
    made.server.pause();
    made.clientSide.send(Buffer.from("after"));
    made.clock.settle();
    expect(made.other.received.toString()).toBe("before ");
    expect(connecting.words).toEqual([]);
    expect(made.client.held).toMatchObject({ out: { pieces: 1, bytes: 5 }, in: { pieces: 1, bytes: 0 } });
    expect(made.server.held.in, "the client that was being connected").toEqual({ pieces: 1, bytes: 0 });
    const first = made.client.step();
    if (typeof first !== "object") throw new Error("no bytes have left");
    expect(first.place, "counted from the stream's beginning").toBe(12);
    made.server.letThrough(first);
    made.clock.settle();
    expect(made.other.received.toString()).toBe("before after");
    made.client.resume();
    made.server.resume();
    made.clock.settle();
    expect(connecting.words).toEqual(["opened"]);
  });

  it("tell of room in a send buffer that was full before they came", () => {
    const made = connectedPair({ isLate: true });
    made.other.isReading = false;
    made.clientSide.send(new Uint8Array(50_000));
    made.clock.settle();
    expect(made.clientSide.sentBytes).toBeLessThan(50_000);
    made.fill();
    made.other.read();
    made.clock.settle();
    expect(made.other.receivedBytes).toBe(50_000);
  });

  it("hear no more of streams that were over before, and of listeners that were closed", () => {
    const made = connectedPair({ isLate: true });
    made.clientSide.stream!.close();
    made.closeListener();
    made.clock.settle();
    made.fill();
    made.client.reset();
    made.server.conditions = { ...PLAIN_CONDITIONS, in: { ...PLAIN_DIRECTION, delayMs: 10 } };
    made.other.stream!.close();
    made.clock.settle();
    expect(made.clientSide.words).toEqual(["opened"]);
    expect(made.network.openStreams).toBe(0);
  });

  it("reset, end and refuse what they have taken over as any other", () => {
    const made = pair({ isLate: true });
    const client = made.connect();
    made.clock.settle();
    made.fill();
    made.server.pause();
    const second = made.connect();
    made.clock.settle();
    made.closeListener();
    made.clock.settle();
    expect(second.words).toEqual(["opened", "closed connection-reset"]);
    made.client.reset();
    expect(client.words).toEqual(["opened", "closed connection-reset"]);
    made.server.resume();
    made.clock.settle();
    expect(made.serverSide()!.words).toEqual(["closed connection-reset"]);
    expect(made.network.openStreams).toBe(0);
  });
});
