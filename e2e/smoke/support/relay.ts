import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";

/**
 * Stands between a browser and bridges. As an HTTP proxy it leads every name to loopback, so that a page can come by
 * plain HTTP from a name that browsers do not trust as they trust 127.0.0.1. Asked directly it is the way to one bridge,
 * which can lose single files.
 */
export class Relay {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** Port of the bridge behind it, for those who ask it directly. */
  target = 0;
  /** Requests whose path this matches break off, as if the bridge were away. */
  loses: RegExp | undefined;

  private constructor(server: Server) {
    this.#server = server;
    server.on("connection", (socket) => this.#keep(socket));
    server.on("request", (incoming, response) => this.#forward(incoming, response));
    // WebSockets: by CONNECT through a proxy, by an upgrade else.
    server.on("connect", (incoming, socket: Socket, head: Buffer) =>
      this.#tunnel(Number((incoming.url ?? "").split(":").at(-1)), socket, (far) => {
        socket.write("HTTP/1.1 200 Connected\r\n\r\n");
        far.write(head);
      }),
    );
    server.on("upgrade", (incoming, socket: Socket, head: Buffer) => {
      const { port, path } = this.#aim(incoming);
      const lines = Array.from({ length: incoming.rawHeaders.length / 2 }, (_, at) => `${incoming.rawHeaders[2 * at]}: ${incoming.rawHeaders[2 * at + 1]}\r\n`);
      this.#tunnel(port, socket, (far) => {
        far.write(`GET ${path} HTTP/1.1\r\n${lines.join("")}\r\n`);
        far.write(head);
      });
    });
  }

  static async start(): Promise<Relay> {
    const relay = new Relay(createServer());
    await new Promise<void>((resolve) => relay.#server.listen(0, "127.0.0.1", resolve));
    return relay;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async end(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #aim({ url = "/" }: IncomingMessage): { readonly port: number; readonly path: string } {
    if (url.startsWith("/")) return { port: this.target, path: url };
    const { port, pathname, search } = new URL(url);
    return { port: Number(port), path: pathname + search };
  }

  #forward(incoming: IncomingMessage, response: ServerResponse): void {
    const { port, path } = this.#aim(incoming);
    if (this.loses?.test(path) === true) {
      incoming.socket.destroy();
      return;
    }
    const far = request({ host: "127.0.0.1", port, path, method: incoming.method, headers: incoming.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    far.on("error", () => incoming.socket.destroy());
    incoming.pipe(far);
  }

  #tunnel(port: number, near: Socket, begin: (far: Socket) => void): void {
    const far = connect({ host: "127.0.0.1", port }, () => {
      begin(far);
      near.pipe(far);
      far.pipe(near);
    });
    this.#keep(far);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on("error", () => other.destroy());
      one.on("close", () => other.destroy());
    }
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on("close", () => this.#sockets.delete(socket));
    socket.on("error", () => {});
  }
}
