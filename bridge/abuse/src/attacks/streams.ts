import { connect } from "node:net";
import { encodeData, encodePacket, PacketType, StreamType } from "@playground/wire/codec";
import { type Attack, inParallel, sleep } from "../attack.ts";
import { PlainStream } from "../client/plain-stream.ts";
import { RawSession } from "../client/raw-session.ts";

/** Connections to ports that nobody opened, or nobody may reach. */
export const refusedConnects: Attack = {
  name: "refused-connects",
  what: "10 sessions connect to ports where nobody listens, without a pause",
  async run(run) {
    await inParallel(run, 10, 10_000, async (index) => {
      const session = new RawSession(run.target, { address: run.address, room: "refused" });
      if ((await session.ready()) === undefined) {
        run.count("refused");
        return sleep(50);
      }
      const hosts = ["127.0.0.1", "10.0.0.1", "no-such-machine", "localhost"];
      for (let id = 1; !run.isOver() && session.ws.readyState === 1; id += 1) {
        session.send({
          type: PacketType.CONNECT,
          streamId: id,
          streamType: StreamType.TCP,
          host: hosts[id % hosts.length] ?? "",
          port: 1 + ((id * 7 + index) % 65_000),
        });
        run.count("connects");
        if (id % 20 === 0) await sleep(1);
      }
    });
  },
};

/** Ports that are taken and given back all the time, in a room that is watched. */
export const listenStorm: Attack = {
  name: "listen-storm",
  what: "20 sessions of a watched room listen and stop listening, without a pause",
  async run(run) {
    await inParallel(run, 20, 10_000, async () => {
      const session = new RawSession(run.target, { address: run.address, room: "ports" });
      if ((await session.ready()) === undefined) {
        run.count("refused");
        return sleep(50);
      }
      session.request({ kind: "watch" });
      for (let id = 1; !run.isOver() && session.ws.readyState === 1; id += 1) {
        session.send({ type: PacketType.LISTEN, listenerId: id, port: 10_000 + (id % 1_000), address: "0.0.0.0" });
        session.send({ type: PacketType.UNLISTEN, listenerId: id });
        run.count("ports");
        if (id % 10 === 0) await sleep(1);
      }
    });
  },
};

/** A peer outside that connects to a script's server as fast as it can. */
export const acceptFlood: Attack = {
  name: "accept-flood",
  what: "connections to a script's server, as fast as they can be opened, from outside the bridge",
  async run(run) {
    const session = new RawSession(run.target, { address: run.address, room: "flooded" });
    const ready = await session.ready();
    if (ready === undefined) return run.count("refused");
    const { address: host } = ready;
    session.send({ type: PacketType.LISTEN, listenerId: 1, port: 10_000, address: "0.0.0.0" });
    await sleep(100);
    await inParallel(run, 40, 100_000, async () => {
      const socket = connect({ host, port: 10_000, localAddress: run.address });
      socket.on("error", () => {});
      await new Promise<void>((resolve) => {
        socket.once("connect", () => resolve());
        socket.once("close", () => resolve());
      });
      run.count("connections");
      socket.write("x");
      socket.destroy();
    });
  },
};

const BULK_SESSIONS = 20;

/** As many bytes as possible, there and back, and all of them read. */
export const bulk: Attack = {
  name: "bulk",
  what: `${BULK_SESSIONS} sessions carry as many bytes as they can`,
  alsoWispJs: true,
  async run(run) {
    const block = Buffer.alloc(65_000);
    await inParallel(run, BULK_SESSIONS, 10_000, async () => {
      const stream = await PlainStream.open(run.target, run.address).catch(() => undefined);
      if (stream === undefined) {
        run.count("refused");
        return sleep(50);
      }
      stream.onData = (bytes) => run.count("MB", bytes / 1e6);
      while (!run.isOver() && stream.ws.readyState === 1) {
        while (stream.ws.bufferedAmount < 500_000 && stream.send(block));
        await sleep(1);
      }
      stream.ws.terminate();
    });
  },
};

const UNREAD_SESSIONS = 40;

/** Clients that ask an echo for all they can and never read what comes back. */
export const unreadEcho: Attack = {
  name: "unread-echo",
  what: `${UNREAD_SESSIONS} WebSockets send to an echo and never read`,
  alsoWispJs: true,
  async run(run) {
    await inParallel(run, UNREAD_SESSIONS, UNREAD_SESSIONS, async () => {
      const stream = await PlainStream.open(run.target, run.address).catch(() => undefined);
      if (stream === undefined) return run.count("refused");
      stream.ws.pause();
      run.count("open");
      // Far more than the window, which it does not know of any more.
      for (let sent = 0; sent < 16 && !run.isOver(); sent += 1) {
        stream.ws.send(encodeData(1, Buffer.alloc(1_000_000)));
        await sleep(2);
      }
      for (let id = 2; id < 200; id += 1)
        stream.ws.send(
          encodePacket({ type: PacketType.CONNECT, streamId: id, streamType: StreamType.TCP, host: run.target.echoHost, port: run.target.echoPort }),
        );
    });
    while (!run.isOver()) await sleep(50);
  },
};
