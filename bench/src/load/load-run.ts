import { existsSync } from "node:fs";
import { connect } from "node:net";
import { Child } from "../child.ts";
import { bridgeArguments } from "../echo/bridge-arguments.ts";
import { processorSeconds, residentBytes } from "../echo/processor-time.ts";
import { inProject } from "../in-project.ts";

/** Whom the load goes through. */
export const PEERS = ["zone", "wisp", "ws", "websockify", "tcp"] as const;
export type Peer = (typeof PEERS)[number];

/** Names of the peers, for people. */
export const PEER_NAMES: Readonly<Record<Peer, string>> = { zone: "the bridge", wisp: "wisp-js", ws: "bare ws echo", websockify: "websockify", tcp: "raw TCP" };

/** What one run through one peer gave. */
export interface Load {
  /** Megabytes a second that came back, all streams together. */
  readonly megabytes: number;
  /** The same while the processes were new. */
  readonly firstMegabytes: number;
  /** Seconds of the processor's time of all processes for each GiB that came back. */
  readonly cpuPerGib: number;
  /** The same of the server alone; NaN where there is none. */
  readonly serverCpuPerGib: number;
  /** Milliseconds of a small round trip with no other stream, and beside the idle ones. */
  readonly roundTripAlone: number;
  readonly roundTrip: number;
  /** Bytes that the server's memory grew by for each idle stream; the share of its session included. */
  readonly bytesPerStream: number;
}

const WEBSOCKIFY = "/usr/bin/websockify";

/** Whether a peer is on this machine. */
export function isThere(peer: Peer): boolean {
  return peer !== "websockify" || existsSync(WEBSOCKIFY);
}

/** Opens so many streams over so many sessions, looks at the server's memory, and has all of them carry bytes. Every process is a new one. */
export async function runLoad(peer: Peer, sessions: number, streams: number): Promise<Load> {
  const children: Child[] = [];
  const start = (script: string, args: readonly string[] = []): Child => {
    const child = new Child(new URL(script, import.meta.url), args);
    children.push(child);
    return child;
  };
  try {
    const echo = start("../echo/echo-server.js");
    const port = await echo.line();
    const { server, url, host } = await startPeer(peer, port, start, children);
    const client = start("./load-client.js", [peer, String(sessions), String(streams), url, host, port]);
    const step = async (): Promise<Record<string, number>> => JSON.parse(await client.line()) as Record<string, number>;
    const { roundTripAlone } = await step();
    const before = server === undefined ? 0 : residentBytes(server.pid);
    client.go();
    await step();
    const after = server === undefined ? 0 : residentBytes(server.pid);
    client.go();
    const { roundTrip } = await step();
    client.go();
    const { firstSeconds = Number.NaN } = await step();
    const spent = (): { server: number; echo: number } => ({
      server: server === undefined ? Number.NaN : processorSeconds(server.pid),
      echo: processorSeconds(echo.pid),
    });
    const spentBefore = spent();
    client.go();
    const { seconds = Number.NaN, clientSeconds = Number.NaN, bytes = Number.NaN } = await step();
    const spentAfter = spent();
    const serverSeconds = spentAfter.server - spentBefore.server;
    const cpu = (server === undefined ? 0 : serverSeconds) + spentAfter.echo - spentBefore.echo + clientSeconds;
    const gib = bytes / 2 ** 30;
    return {
      megabytes: bytes / 1e6 / seconds,
      firstMegabytes: bytes / 1e6 / firstSeconds,
      cpuPerGib: cpu / gib,
      serverCpuPerGib: serverSeconds / gib,
      roundTripAlone: roundTripAlone ?? Number.NaN,
      roundTrip: roundTrip ?? Number.NaN,
      bytesPerStream: (after - before) / streams,
    };
  } finally {
    await Promise.all(children.map((child) => child.end()));
  }
}

async function startPeer(
  peer: Peer,
  port: string,
  start: (script: string, args?: readonly string[]) => Child,
  children: Child[],
): Promise<{ server: Child | undefined; url: string; host: string }> {
  switch (peer) {
    case "tcp":
      return { server: undefined, url: "", host: "127.0.0.1" };
    case "ws": {
      const server = start("../echo/ws-server.js");
      return { server, url: await server.line(), host: "" };
    }
    case "wisp": {
      const server = start("../echo/wisp-server.js");
      return { server, url: await server.line(), host: "127.0.0.1" };
    }
    case "websockify": {
      const { freePort } = (await import(inProject("scripts/setup/free-port.mjs"))) as { freePort(): Promise<number> };
      const own = await freePort();
      const server = new Child("", [`127.0.0.1:${own}`, `127.0.0.1:${port}`], { PYTHONUNBUFFERED: "1" }, WEBSOCKIFY);
      children.push(server);
      while (!(await listens(own))) await new Promise((resolve) => setTimeout(resolve, 50));
      return { server, url: `ws://127.0.0.1:${own}/`, host: "" };
    }
    case "zone": {
      const server = start("../../../bridge/dist/main.js", bridgeArguments(port));
      const link = /https?:\/\/\S+/.exec(await server.line())?.[0];
      if (link === undefined) throw new Error("the bridge printed no link");
      return { server, url: `${link.replace(/^http/, "ws").replace(/\/$/, "")}/room/bench/`, host: "host.zone.internal" };
    }
  }
}

/** Whether something takes connections at a port: websockify does not say when it does. */
function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
