import { connect } from "node:net";
import { ask, projectText, shortLink } from "../client/http-request.ts";
import { PlainStream } from "../client/plain-stream.ts";
import { RawSession } from "../client/raw-session.ts";
import { ZoneSession } from "../client/zone-session.ts";
import { ADDRESS, LARGE_FILE, type Target } from "../target.ts";
import { Losses, type Party } from "./party.ts";
import { PingLine } from "./ping-line.ts";
import { Samples } from "./samples.ts";

/** Time between two pings, ms. */
const PING_MS = 10;
/** Time between two visits of each kind, ms. */
const VISIT_MS = 200;
/** Time between two short links that are asked for, ms: half of what an address may ask for in the long run is more than enough. */
const POST_MS = 2_500;

/** A client of another address: a session that stays, and newcomers. */
export async function probe(target: Target): Promise<Party> {
  const address = ADDRESS.probe;
  const [roundTrips, arrivals, machine, losses] = [new Samples(), new Samples(), new Samples(), new Losses()];
  const lines = [
    await machineLine(target, machine),
    target.kind === "bridge" ? await zoneLine(target, roundTrips, losses) : await plainLine(target, roundTrips, losses),
  ];
  for (const line of lines) line.start();
  if (target.kind === "bridge") {
    const link = await shortLink(target, address, projectText("the probe's"));
    if (link.id === undefined) throw new Error(`the probe's short link was refused with ${link.status} before the attack`);
    startVisits(target, arrivals, losses, link.id);
  }
  return {
    reset() {
      for (const samples of [roundTrips, arrivals, machine]) samples.clear();
      losses.clear();
    },
    report: () => ({
      roundTrips: roundTrips.figures(lines[1]?.outstanding()),
      arrivals: arrivals.figures(),
      machine: machine.figures(lines[0]?.outstanding()),
      losses: losses.all,
    }),
  };
}

/** To the echo itself. */
async function machineLine({ echoPort }: Target, samples: Samples): Promise<PingLine> {
  const socket = connect(echoPort, "127.0.0.1").setNoDelay(true);
  await new Promise((resolve) => void socket.once("connect", resolve));
  const line = new PingLine((bytes) => socket.write(bytes), PING_MS, samples);
  socket.on("data", (bytes: Buffer) => line.received(bytes.length));
  return line;
}

async function zoneLine(target: Target, samples: Samples, losses: Losses): Promise<PingLine> {
  const session = new ZoneSession(target, { address: ADDRESS.probe, room: "probe" });
  await session.ready;
  const line: PingLine = new PingLine((bytes) => void stream.send(bytes), PING_MS, samples);
  const stream = await session.connect(
    target.echoHost,
    target.echoPort,
    (bytes) => line.received(bytes),
    (why) => losses.add(`connection: ${why}`),
  );
  return line;
}

async function plainLine(target: Target, samples: Samples, losses: Losses): Promise<PingLine> {
  const stream = await PlainStream.open(target, ADDRESS.probe);
  const line = new PingLine((bytes) => void stream.send(bytes), PING_MS, samples);
  stream.onData = (bytes) => line.received(bytes);
  stream.onClosed = (why) => losses.add(`connection: ${why}`);
  return line;
}

/** Visits of several kinds, each in its own rhythm, none of which waits for another. */
function startVisits(target: Target, arrivals: Samples, losses: Losses, link: string): void {
  const address = ADDRESS.probe;
  let count = 0;
  const visit = async (what: string, go: () => Promise<boolean | number>): Promise<void> => {
    const began = performance.now();
    const result = await go();
    if (result === true) arrivals.add(performance.now() - began);
    else losses.add(`${what}${typeof result === "number" ? `: ${result === 0 ? "no answer" : result}` : ""}`);
  };
  const page = async (path: string, wanted: number): Promise<boolean | number> => {
    const { status } = await ask(target, { address, path });
    return status === wanted ? true : status;
  };
  const room = async (): Promise<boolean> => {
    const session = new RawSession(target, { address, room: `arrival-${(count += 1)}`, withinMs: 5_000 });
    const isIn = (await session.ready()) !== undefined;
    session.leave();
    return isIn;
  };
  const kinds: [string, () => Promise<boolean | number>][] = [
    ["new room", room],
    ["page", () => page("/room/probe/", 200)],
    ["short link", () => page(`/api/scripts/${link}`, 200)],
    ["file", () => page(LARGE_FILE.replace("large", "small"), 200)],
  ];
  for (const [index, [what, go]] of kinds.entries()) setTimeout(() => setInterval(() => void visit(what, go), VISIT_MS), (index * VISIT_MS) / kinds.length);
  // Its time is the disk's, so that only an answer counts.
  setInterval(() => {
    void shortLink(target, address, projectText(`number ${(count += 1)} of the probe`)).then(({ status }) => {
      if (status !== 201) losses.add(`a short link to keep: ${status === 0 ? "no answer" : status}`);
    });
  }, POST_MS);
}
