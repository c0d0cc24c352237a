import { describe, expect, it } from "vitest";
import { rounds } from "../../../scripts/rounds.ts";
import { type ConditionControl, type Conditions, isPlain, PLAIN_CONDITIONS } from "../src/index.ts";
import { pair } from "./support/pair.ts";
import { combination, mended, Random } from "./support/random.ts";

const SEEDS = rounds({ short: 1_000, full: 20_000 });

/** All 64 combinations of the client's two directions and of the server's, each with each, before the seeds are out. */
function conditionsFor(seed: number, random: Random): { readonly client: Conditions; readonly server: Conditions } {
  const number = Math.imul(seed, 0x9e37_79b1) >>> 0;
  return {
    client: { seed, out: combination(seed & 63, random), in: combination(number >>> 26, random) },
    server: { seed, out: combination((number >>> 20) & 63, random), in: combination((number >>> 14) & 63, random) },
  };
}

describe("bytes under conditions", () => {
  it(`are equal in both directions, and in order with the ends of the streams, whatever is done meanwhile (${SEEDS} seeds)`, () => {
    for (let seed = 0; seed < SEEDS; seed += 1) {
      const random = new Random(seed);
      // Of every second one the conditions come when it lives already.
      const isLate = seed % 2 === 1;
      const fillAt = random.between(1, 11);
      const made = pair({ pieceSize: (most) => random.between(1, most), isLate });
      const { clock, network, clientSide } = made;
      const both: readonly ConditionControl[] = [made.client, made.server];
      const { client, server } = conditionsFor(seed, random);
      made.client.conditions = client;
      made.server.conditions = server;
      made.connect();
      const up: Uint8Array[] = [];
      const down: Uint8Array[] = [];
      for (let turn = 0; turn < 12; turn += 1) {
        if (isLate && turn === fillAt) made.fill();
        if (!random.oneIn(3)) {
          up.push(random.bytes(random.between(1, 400)));
          clientSide.send(up.at(-1)!);
        }
        const other = made.serverSide();
        if (other !== undefined && !random.oneIn(3)) {
          down.push(random.bytes(random.between(1, 400)));
          other.send(down.at(-1)!);
        }
        const control = both[random.between(0, 1)]!;
        switch (random.between(1, 9)) {
          case 1:
            control.pause();
            break;
          case 2:
            control.resume();
            break;
          case 3:
            control.step();
            break;
          case 4:
            control.conditions = { ...control.conditions, isCut: true };
            break;
          case 5:
            control.conditions = mended(control.conditions);
            break;
          case 6:
            control.conditions = { seed, out: combination(random.between(0, 63), random), in: combination(random.between(0, 63), random) };
            break;
          case 7:
            control.conditions = PLAIN_CONDITIONS;
            break;
          default:
        }
        clock.advance(random.between(0, 300));
      }
      for (const control of both) {
        control.resume();
        control.conditions = mended(control.conditions);
      }
      clientSide.endAfter();
      clock.settle();
      const other = made.serverSide();
      if (other === undefined) throw new Error(`seed ${seed}: the server was never told of the client`);
      other.endAfter();
      clock.settle();
      expect(Buffer.compare(other.received, Buffer.concat(up)), `seed ${seed}: to the server`).toBe(0);
      expect(Buffer.compare(clientSide.received, Buffer.concat(down)), `seed ${seed}: to the client`).toBe(0);
      expect(clientSide.words, `seed ${seed}`).toEqual(["opened", "end", "closed"]);
      expect(other.words, `seed ${seed}`).toEqual(["end", "closed"]);
      expect(network.openStreams, `seed ${seed}: left open`).toBe(0);
      for (const control of both) expect(control.held, `seed ${seed}`).toEqual(EMPTY);
    }
  });

  it("go through everything with ends in the same turn, closing while they are held", () => {
    for (let seed = 0; seed < SEEDS; seed += 1) {
      const random = new Random(seed);
      const made = pair({ pieceSize: (most) => random.between(1, most) });
      const { client, server } = conditionsFor(seed, random);
      made.client.conditions = client;
      made.server.conditions = server;
      made.connect();
      const sent = random.bytes(random.between(1, 1_000));
      made.clientSide.send(sent);
      made.clientSide.stream!.close();
      expect(made.clientSide.stream!.send(sent), "after close").toBe(0);
      made.clock.advance(100);
      for (const control of [made.client, made.server]) control.conditions = mended(control.conditions);
      made.clock.settle();
      const other = made.serverSide()!;
      expect(Buffer.compare(other.received, sent), `seed ${seed}`).toBe(0);
      expect(other.words).toEqual(["end"]);
      expect(made.clientSide.words, "nothing is told after close").toEqual([]);
      other.stream!.close();
      made.clock.settle();
      expect(made.network.openStreams, `seed ${seed}: left open`).toBe(0);
    }
  });

  it("pass by where there are no conditions: nothing is held, and no timer is set", () => {
    const made = pair();
    expect(isPlain(made.client.conditions)).toBe(true);
    made.connect();
    made.clock.settle();
    const before = made.clock.timersSet;
    made.clientSide.send(new Uint8Array(100));
    expect(made.client.held).toEqual(EMPTY);
    made.clock.settle();
    // The memory network's own: one that delivers, one that finds nothing more to deliver.
    expect(made.clock.timersSet - before).toBe(2);
    expect(made.serverSide()!.receivedBytes).toBe(100);
  });
});

const EMPTY = { out: { pieces: 0, bytes: 0 }, in: { pieces: 0, bytes: 0 }, streams: [] };
