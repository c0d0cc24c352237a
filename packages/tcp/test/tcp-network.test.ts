import { createServer, connect as dial, type AddressInfo, type Socket } from "node:net";
import { once } from "node:events";
import {
  type ConnectEvents,
  type Endpoint,
  MAX_GROWN_WINDOW_BYTES,
  type NetworkFailure,
  type NetworkStream,
  STREAM_BUFFER_BYTES,
  type StreamEvents,
  type WindowWish,
} from "@playground/network";
import { describe, expect, it, onTestFinished } from "vitest";
import { freePort } from "../../../scripts/setup/free-port.mjs";
import { FIRST_WINDOW_BYTES, LINGER_MS, Resolver, TcpNetwork } from "../src/index.ts";
import { ReceiveWindow } from "../src/receive-window.ts";

function network(resolver?: Resolver): TcpNetwork {
  const made = new TcpNetwork(resolver);
  onTestFinished(() => made.destroy());
  return made;
}

/** A server that is not ours; gives its port, and its sockets as they come. */
async function server(host = "127.0.0.1", onConnection: (socket: Socket) => void = () => {}): Promise<{ readonly port: number; readonly sockets: Socket[] }> {
  const sockets: Socket[] = [];
  const made = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket);
    socket.on("error", () => {});
    onConnection(socket);
  });
  made.listen(0, host);
  await once(made, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    made.close();
  });
  return { port: (made.address() as AddressInfo).port, sockets };
}

/** What a stream has told. */
class Heard implements ConnectEvents {
  readonly words: string[] = [];
  bytes = 0;
  stream: NetworkStream | undefined;
  isConsuming = true;
  readonly #waiting: (() => void)[] = [];
  onOpened(): void {
    this.#word("opened");
  }
  onFailed({ code, message }: NetworkFailure): void {
    this.#word(`failed ${code}: ${message}`);
  }
  onData(bytes: Uint8Array): void {
    this.bytes += bytes.length;
    if (this.isConsuming) this.stream?.consumed(bytes.length);
    this.#wake();
  }
  onEnd(): void {
    this.#word("end");
  }
  onClosed(failure?: NetworkFailure): void {
    this.#word(failure === undefined ? "closed" : `closed ${failure.code}`);
  }
  onWritable(): void {
    this.#word("writable");
  }
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
  #word(word: string): void {
    this.words.push(word);
    this.#wake();
  }
  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

function connect(to: TcpNetwork, host: string, port: number): Heard {
  const heard = new Heard();
  heard.stream = to.connect(host, port, heard);
  return heard;
}

/** What becomes of an attempt to connect. */
async function outcome(host: string, port: number, resolver?: Resolver): Promise<string> {
  const heard = connect(network(resolver), host, port);
  await heard.until(() => heard.words.length > 0);
  return heard.words[0]!;
}

/** What becomes of an attempt to listen. */
async function listening(to: TcpNetwork, address: string, port: number): Promise<Endpoint | string> {
  return new Promise((resolve) => {
    to.listen(address, port, {
      onListening: resolve,
      onFailed: ({ code, message }) => resolve(`${code}: ${message}`),
      onAccept: () => new Heard() satisfies StreamEvents,
      onLost: () => {},
    });
  });
}

describe("connecting", () => {
  it.each(["127.0.0.1", "localhost", "LOCALHOST.", "game.localhost", "0.0.0.0", "host.zone.internal", "::ffff:127.0.0.1"])(
    "%s is this computer",
    async (host) => {
      expect(await outcome(host, (await server()).port)).toBe("opened");
    },
  );

  it.each(["::1", "[::1]", "::", "localhost"])("%s is this computer over IPv6 too", async (host) => {
    expect(await outcome(host, (await server("::1")).port)).toBe("opened");
  });

  it.each(["1.2.3", "127.1", "2130706433", "a b", "http://127.0.0.1", "256.1.1.1"])("%s is neither an address nor a name", async (host) => {
    expect(await outcome(host, 80)).toBe(
      `failed invalid-address: ${JSON.stringify(host)} is neither a host name nor an IP address. Write addresses as four decimal numbers, such as 127.0.0.1, or as IPv6.`,
    );
  });

  it("a port where nothing listens refuses, in the words of the bridge", async () => {
    const port = await freePort();
    for (const host of ["127.0.0.1", "localhost"])
      expect(await outcome(host, port)).toBe(
        `failed connection-refused: ${host}:${port} refused the connection: nothing listens there. Start the server first, and check the port.`,
      );
  });

  it("names are looked up, and the first address that answers is taken", async () => {
    const { port } = await server();
    const known = new Resolver("here", async (name) => (name === "game.example" ? ["::1", "127.0.0.1"] : []));
    expect(await outcome("game.example", port, known)).toBe("opened");
    expect(await outcome("nobody.example", port, known)).toBe('failed unknown-host: The name "nobody.example" has no address.');
    expect(await outcome("no.such.invalid", port)).toBe('failed unknown-host: No host is called "no.such.invalid". Check the spelling, or use an IP address.');
    const mute = new Resolver("here", () => Promise.reject(Object.assign(new Error("again"), { code: "EAI_AGAIN" })));
    expect(await outcome("game.example", port, mute)).toMatch(
      /^failed unknown-host: The name "game\.example" could not be looked up: the name server did not answer\./,
    );
  });

  it("can be given up", async () => {
    const { port } = await server();
    const to = network();
    const heard = connect(to, "127.0.0.1", port);
    heard.stream!.abort();
    await to.idle();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(heard.words).toEqual([]);
    expect(heard.stream!.send(new Uint8Array(1))).toBe(0);
  });
});

describe("listening", () => {
  it.each(["127.0.0.1", "0.0.0.0", "::", "::1"])("binds %s", async (address) => {
    const port = await freePort();
    expect(await listening(network(), address, port)).toEqual({ address, port });
  });

  it("binds loopback for localhost, and says what cannot be bound", async () => {
    const port = await freePort();
    const to = network();
    expect(await listening(to, "localhost", port)).toEqual({ address: "127.0.0.1", port });
    expect(await listening(to, "127.0.0.1", port)).toBe(
      `address-in-use: Port ${port} is already in use. Stop the program that listens on it, or choose another port.`,
    );
    expect(await listening(to, "203.0.113.7", port)).toBe(
      'address-not-ours: 203.0.113.7 is not an address of this machine. Listen on "0.0.0.0", or leave the address out.',
    );
    expect(await listening(to, "example.com", port)).toBe(
      'address-not-ours: "example.com" is a name; listen on an IP address of this machine, or leave the address out.',
    );
    expect(await listening(to, "1.2.3", port)).toMatch(/^invalid-address: "1\.2\.3" is neither/);
  });

  it("gives a port up that is closed while it is being bound, and can have it again at once", async () => {
    const port = await freePort();
    const to = network();
    const events = { onListening: () => expect.unreachable(), onFailed: () => expect.unreachable(), onAccept: () => new Heard(), onLost: () => {} };
    for (let turn = 0; turn < 5; turn++) to.listen("127.0.0.1", port, events).close();
    expect(await listening(to, "127.0.0.1", port)).toEqual({ address: "127.0.0.1", port });
  });
});

describe("a stream", () => {
  it("knows both ends, and carries every byte both ways, in order", async () => {
    const { port, sockets } = await server("127.0.0.1", (socket) => socket.pipe(socket));
    const heard = connect(network(), "127.0.0.1", port);
    expect(() => heard.stream!.remote).toThrow(/known once it is connected/);
    await heard.until(() => heard.words.includes("opened"));
    expect(heard.stream!.remote).toEqual({ address: "127.0.0.1", port });
    expect(heard.stream!.local).toEqual({ address: "127.0.0.1", port: sockets[0]!.remotePort });
    const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7) & 0xff);
    let came = new Uint8Array();
    heard.onData = (more) => {
      came = Uint8Array.from([...came, ...more]);
      heard.stream!.consumed(more.length);
    };
    // Of every length, so that short pieces are gathered and long ones are not.
    let at = 0;
    for (let length = 0; at < bytes.length; length = (length * 3 + 1) % 9_000) {
      const piece = bytes.slice(at, at + length);
      expect(heard.stream!.send(piece)).toBe(piece.length);
      // It was copied.
      piece.fill(0);
      at += piece.length;
    }
    heard.stream!.end();
    await heard.until(() => heard.words.includes("closed"));
    expect(came).toEqual(bytes);
    expect(heard.words).toEqual(["opened", "end", "closed"]);
  });

  it("takes no more than its buffer, and tells when there is room again", async () => {
    const { port, sockets } = await server("127.0.0.1", (socket) => socket.pause());
    const to = network();
    const heard = connect(to, "127.0.0.1", port);
    await heard.until(() => heard.words.includes("opened"));
    expect(heard.stream!.send(new Uint8Array(STREAM_BUFFER_BYTES + 5))).toBe(STREAM_BUFFER_BYTES);
    expect(heard.stream!.send(new Uint8Array(5))).toBe(0);
    expect(to.sendRoom).toBeLessThan(64 * 1024 * 1024 - STREAM_BUFFER_BYTES + 1);
    sockets[0]!.resume();
    await heard.until(() => heard.words.includes("writable"));
    expect(heard.stream!.send(new Uint8Array(5))).toBe(5);
    heard.stream!.abort();
    await to.idle();
    expect(to.sendRoom).toBe(64 * 1024 * 1024);
  });

  it("reads no further than its window while nothing is taken", async () => {
    const { port, sockets } = await server();
    const heard = connect(network(), "127.0.0.1", port);
    heard.isConsuming = false;
    await heard.until(() => heard.words.includes("opened") && sockets.length > 0);
    sockets[0]!.end(new Uint8Array(64 * 1024 * 1024));
    await heard.until(() => heard.bytes >= FIRST_WINDOW_BYTES);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(heard.bytes).toBeLessThan(FIRST_WINDOW_BYTES + 65_536);
    expect(heard.words).not.toContain("end");
    heard.isConsuming = true;
    heard.stream!.consumed(heard.bytes);
    await heard.until(() => heard.words.includes("end"));
    expect(heard.bytes).toBe(64 * 1024 * 1024);
  });

  it("tells of a reset, once", async () => {
    const { port, sockets } = await server();
    const heard = connect(network(), "127.0.0.1", port);
    await heard.until(() => heard.words.includes("opened") && sockets.length > 0);
    sockets[0]!.resetAndDestroy();
    await heard.until(() => heard.words.length > 1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(heard.words).toEqual(["opened", "closed connection-reset"]);
    expect(heard.stream!.send(new Uint8Array(1))).toBe(0);
  });

  it("that is closed flushes, tells nothing more, resets nobody, and leaves after its linger time", async () => {
    const { port, sockets } = await server();
    const to = network();
    const heard = connect(to, "127.0.0.1", port);
    await heard.until(() => heard.words.includes("opened") && sockets.length > 0);
    const [peer] = sockets;
    let came = 0;
    peer!.on("data", (bytes: Buffer) => void (came += bytes.length));
    heard.stream!.send(new Uint8Array(5_000_000));
    heard.stream!.close();
    await once(peer!, "end");
    expect(came).toBe(5_000_000);
    // What the peer still says is thrown away.
    peer!.write("last words");
    const began = performance.now();
    await to.idle();
    expect(performance.now() - began).toBeGreaterThan(LINGER_MS - 200);
    expect(heard.words).toEqual(["opened"]);
    expect(heard.bytes).toBe(0);
    expect(to.openSockets).toBe(0);
  });

  it("that is closed while its window is full reads the rest and throws it away, so that the peer sees no reset", async () => {
    const { port, sockets } = await server();
    const to = network();
    const heard = connect(to, "127.0.0.1", port);
    heard.isConsuming = false;
    await heard.until(() => heard.words.includes("opened") && sockets.length > 0);
    const [peer] = sockets;
    const faults: Error[] = [];
    peer!.on("error", (error) => faults.push(error));
    peer!.end(new Uint8Array(32 * 1024 * 1024));
    await heard.until(() => heard.bytes >= FIRST_WINDOW_BYTES);
    heard.stream!.close();
    peer!.resume();
    await once(peer!, "close");
    expect(faults).toEqual([]);
    expect(peer!.bytesWritten).toBe(32 * 1024 * 1024);
    expect(heard.words).toEqual(["opened"]);
  });

  it("of a listener is the other end of the same connection", async () => {
    const port = await freePort();
    const to = network();
    const heard = new Heard();
    const accepted = new Promise<NetworkStream>((resolve) => {
      to.listen("127.0.0.1", port, {
        onListening: () => {
          const peer = dial(port, "127.0.0.1");
          onTestFinished(() => void peer.destroy());
          peer.end("hello");
        },
        onFailed: () => {},
        onLost: () => {},
        onAccept: (stream) => {
          heard.stream = stream;
          resolve(stream);
          return heard;
        },
      });
    });
    const stream = await accepted;
    expect(stream.local).toEqual({ address: "127.0.0.1", port });
    await heard.until(() => heard.words.includes("end"));
    expect(heard.bytes).toBe(5);
  });
});

/** A window with a budget of so many bytes, and how a script takes a full one. */
function windowOf(budget: number) {
  let taken = 0;
  const window = new ReceiveWindow({
    takeWindow: (bytes) => {
      if (taken + bytes > budget) return false;
      taken += bytes;
      return true;
    },
    releaseWindow: (bytes) => void (taken -= bytes),
  });
  const use = (part: number, wish?: WindowWish, times = 1): void => {
    const bytes = window.size * part;
    window.received(bytes);
    expect(window.isFull).toBe(part >= 1);
    for (let time = 0; time < times; time++) window.consumed(bytes / times, wish);
  };
  return { window, use, taken: () => taken };
}

describe("a receive window", () => {
  it("doubles when a full one was taken and the script wants more, up to its largest size", () => {
    const { window, use, taken } = windowOf(Number.POSITIVE_INFINITY);
    use(1);
    use(1, "same");
    use(0.5, "wider");
    expect(window.size).toBe(FIRST_WINDOW_BYTES);
    use(1, "wider");
    expect(window.size).toBe(2 * FIRST_WINDOW_BYTES);
    for (let turn = 0; turn < 10; turn++) use(1, "wider", 2);
    expect(window.size).toBe(MAX_GROWN_WINDOW_BYTES);
    expect(taken()).toBe(MAX_GROWN_WINDOW_BYTES - FIRST_WINDOW_BYTES);
    window.dispose();
    expect(taken()).toBe(0);
  });

  it("halves when the script wants less or little of it is used, down to its first size", () => {
    const { window, use, taken } = windowOf(Number.POSITIVE_INFINITY);
    for (let turn = 0; turn < 3; turn++) use(1, "wider");
    expect(window.size).toBe(8 * FIRST_WINDOW_BYTES);
    use(1, "narrower");
    expect(window.size).toBe(4 * FIRST_WINDOW_BYTES);
    use(0.3, "wider");
    expect(window.size).toBe(4 * FIRST_WINDOW_BYTES);
    use(0.2, "wider");
    expect(window.size).toBe(2 * FIRST_WINDOW_BYTES);
    for (let turn = 0; turn < 5; turn++) use(0.1);
    expect(window.size).toBe(FIRST_WINDOW_BYTES);
    expect(taken()).toBe(0);
  });

  it("stays within what all have together", () => {
    const { window, use } = windowOf(FIRST_WINDOW_BYTES);
    use(1, "wider");
    use(1, "wider");
    expect(window.size).toBe(2 * FIRST_WINDOW_BYTES);
  });
});
