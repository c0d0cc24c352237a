import { connect as dial, createServer, type AddressInfo, type Socket } from "node:net";
import { once } from "node:events";
import type { NetworkStream, StreamEvents } from "@playground/network";
import { TcpNetwork } from "@playground/tcp";
import { describe, expect, it, onTestFinished } from "vitest";
import { PATIENCE_MS } from "../../../scripts/patience.ts";
import { type ConditionClock, ConditionControl, PLAIN_CONDITIONS, PLAIN_DIRECTION, presetConditions, SLICE_GAP_MS, withConditions } from "../src/index.ts";
import { Random } from "./support/random.ts";
import { Side } from "./support/side.ts";

/** The computer's own clock. */
const CLOCK: ConditionClock = {
  now: () => performance.now(),
  setTimer: (callback, delayMs) => setTimeout(callback, delayMs),
  clearTimer: (handle: NodeJS.Timeout) => clearTimeout(handle),
};

function conditioned(): { readonly tcp: TcpNetwork; readonly control: ConditionControl; readonly network: ReturnType<typeof withConditions> } {
  const tcp = new TcpNetwork();
  onTestFinished(() => tcp.destroy());
  const control = new ConditionControl({ clock: CLOCK });
  return { tcp, control, network: withConditions(tcp, control) };
}

/** A server that is not ours; gives its port, and hands over its sockets. */
async function server(onConnection: (socket: Socket) => void): Promise<number> {
  const made = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    socket.on("error", () => {});
    onTestFinished(() => void socket.destroy());
    onConnection(socket);
  });
  made.listen(0, "127.0.0.1");
  await once(made, "listening");
  onTestFinished(() => void made.close());
  return (made.address() as AddressInfo).port;
}

function until(isSo: () => boolean): Promise<void> {
  return expect.poll(isSo, { timeout: PATIENCE_MS, interval: 5 }).toBe(true);
}

describe("conditions over real TCP", () => {
  it("carry a megabyte both ways under everything at once, with a pause and a cut in the middle", { timeout: 3 * PATIENCE_MS }, async () => {
    const { tcp, control, network } = conditioned();
    const random = new Random(7);
    const sent = random.bytes(1_000_000);
    const echoed = new Side(() => 0);
    // An echo that ends when we do.
    const port = await server((socket) => void socket.pipe(socket));
    const direction = { ...PLAIN_DIRECTION, delayMs: 20, jitterMs: 30, bytesPerSecond: 1_000_000, sliceBytes: 40_000, glueMs: 10 };
    control.conditions = { out: direction, in: direction, seed: 3 };
    echoed.stream = network.connect("127.0.0.1", port, echoed);
    for (let offset = 0; offset < sent.length; offset += 10_000) echoed.send(sent.subarray(offset, offset + 10_000));
    echoed.endAfter();
    await until(() => echoed.receivedBytes > 100_000);
    control.pause();
    const received = echoed.receivedBytes;
    const held = control.held.out.bytes;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(echoed.receivedBytes).toBe(received);
    expect(control.held.out.bytes).toBe(held);
    control.resume();
    control.conditions = { ...control.conditions, isCut: true };
    await new Promise((resolve) => setTimeout(resolve, 50));
    control.conditions = { ...control.conditions, isCut: false };
    await until(() => echoed.words.includes("closed"));
    expect(Buffer.compare(echoed.received, sent)).toBe(0);
    expect(echoed.words).toEqual(["opened", "end", "closed"]);
    expect(tcp.openSockets).toBe(0);
  });

  it("let a peer that is not ours see one byte at a time, and the delay before the first", async () => {
    const { control, network } = conditioned();
    const pieces: { readonly text: string; readonly at: number }[] = [];
    const port = await server((socket) => void socket.on("data", (bytes) => pieces.push({ text: bytes.toString(), at: performance.now() })));
    const side = new Side(() => 0);
    side.stream = network.connect("127.0.0.1", port, side);
    await until(() => side.words.includes("opened"));
    const one = presetConditions("one-byte");
    control.conditions = { ...one, out: { ...one.out, delayMs: 200 } };
    const begun = performance.now();
    side.send(Buffer.from("hello"));
    await until(() => pieces.length === 5);
    expect(pieces.map(({ text }) => text)).toEqual(["h", "e", "l", "l", "o"]);
    expect(pieces[0]!.at - begun).toBeGreaterThanOrEqual(199);
    expect(pieces[4]!.at - begun).toBeGreaterThanOrEqual(199 + 4 * SLICE_GAP_MS);
  });

  it("keep a peer that floods within the window while deliveries are held, and lose nothing of it", { timeout: 3 * PATIENCE_MS }, async () => {
    const { control, network } = conditioned();
    const flood = new Random(1).bytes(65_536);
    let writtenBytes = 0;
    const port = await server((socket) => {
      const write = (): void => {
        while (writtenBytes < 8_388_608) {
          writtenBytes += flood.length;
          if (!socket.write(flood)) return void socket.once("drain", write);
        }
        socket.end();
      };
      write();
    });
    const side = new Side(() => 0);
    side.stream = network.connect("127.0.0.1", port, side);
    await until(() => side.words.includes("opened"));
    control.pause();
    await until(() => control.held.in.bytes >= 262_144);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(control.held.in.bytes).toBeLessThanOrEqual(262_144 + 65_536);
    control.resume();
    await until(() => side.words.includes("end"));
    expect(side.receivedBytes).toBe(8_388_608);
  });

  it("hold a client that comes during a pause, and tell of it with what it has sent and its end", async () => {
    const { tcp, control, network } = conditioned();
    let bound = 0;
    const sides: Side[] = [];
    const listener = network.listen("127.0.0.1", 0, {
      onListening: ({ port }) => (bound = port),
      onFailed: () => {},
      onLost: () => {},
      onAccept: (stream: NetworkStream): StreamEvents => {
        const side = new Side(() => 0);
        side.stream = stream;
        sides.push(side);
        return side;
      },
    });
    await until(() => bound > 0);
    control.pause();
    const socket = dial(bound, "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    socket.end("knock");
    await until(() => control.held.in.pieces === 3);
    expect(sides).toHaveLength(0);
    expect(control.step()).toBe(true);
    expect(sides).toHaveLength(1);
    expect(sides[0]!.receivedBytes).toBe(0);
    control.step();
    expect(sides[0]!.received.toString()).toBe("knock");
    control.step();
    expect(sides[0]!.words).toEqual(["end"]);
    control.resume();
    sides[0]!.stream!.close();
    listener.close();
    await tcp.idle();
    expect(tcp.openSockets).toBe(0);
  });

  it("stopped while paused leave no socket, and the peer has everything", async () => {
    const { tcp, control, network } = conditioned();
    let received = "";
    let hasEnded = false;
    const port = await server((socket) => {
      socket.on("data", (bytes) => (received += bytes.toString()));
      socket.on("end", () => {
        hasEnded = true;
        socket.end();
      });
    });
    const side = new Side(() => 0);
    side.stream = network.connect("127.0.0.1", port, side);
    await until(() => side.words.includes("opened"));
    control.pause();
    side.send(Buffer.from("last words"));
    side.stream.close();
    expect(tcp.openSockets).toBe(1);
    await control.finish(100, 1_000);
    await tcp.idle();
    expect(tcp.openSockets).toBe(0);
    await until(() => hasEnded);
    expect(received).toBe("last words");
  });

  it("reset a connection: the peer sees a reset, the program too", async () => {
    const { control, network } = conditioned();
    const errors: string[] = [];
    const port = await server((socket) => void socket.on("error", (error) => errors.push((error as NodeJS.ErrnoException).code ?? "")));
    const side = new Side(() => 0);
    side.stream = network.connect("127.0.0.1", port, side);
    await until(() => side.words.includes("opened"));
    control.reset();
    expect(side.words).toEqual(["opened", "closed connection-reset"]);
    await until(() => errors.length > 0);
    expect(errors).toEqual(["ECONNRESET"]);
    control.conditions = PLAIN_CONDITIONS;
  });
});
