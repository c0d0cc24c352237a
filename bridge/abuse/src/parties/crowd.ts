import { ZoneSession } from "../client/zone-session.ts";
import type { Target } from "../target.ts";
import { Losses, type Party } from "./party.ts";
import { PingLine } from "./ping-line.ts";
import { Samples } from "./samples.ts";

/** Of forty sessions: pairs of a server and its client, programs that talk to a service, and pages. */
const PAIRS = 8;
const SERVICE_CLIENTS = 8;
/** Of those, how many have a network that is cut again and again. */
const CUT_CLIENTS = 4;
const PAGES = 16;
/** Time between two pings of a program, ms. */
const PING_MS = 100;
/** Time between two cuts of one network, ms. */
const CUT_MS = 1_500;
const SERVER_PORT = 9_000;

/** Forty real sessions of one client address, each a machine of its own: a class. */
export async function crowd(target: Target, address: string, room: string): Promise<Party> {
  const [samples, losses] = [new Samples(), new Losses()];
  const lines: PingLine[] = [];
  const sessions: { readonly session: ZoneSession; readonly who: string; cuts: number; isTold: boolean }[] = [];
  const enter = async (who: string): Promise<ZoneSession> => {
    const session = new ZoneSession(target, { address, room });
    await session.ready;
    sessions.push({ session, who, cuts: 0, isTold: false });
    return session;
  };
  const ping = async (session: ZoneSession, who: string, host: string, port: number, isMeasured: boolean): Promise<void> => {
    const line: PingLine = new PingLine((bytes) => void stream.send(bytes), PING_MS, isMeasured ? samples : new Samples());
    const stream = await session.connect(
      host,
      port,
      (bytes) => line.received(bytes),
      (why) => losses.add(`${who}'s connection: ${why}`),
    );
    if (isMeasured) lines.push(line);
    line.start();
  };

  await Promise.all([
    ...Array.from({ length: PAIRS }, async (_, index) => {
      const server = await enter(`server ${index}`);
      const { address: host } = await server.ready;
      await server.echo(SERVER_PORT, (why) => losses.add(`server ${index}'s port: ${why}`));
      await ping(await enter(`client ${index}`), `client ${index}`, host, SERVER_PORT, true);
    }),
    ...Array.from({ length: SERVICE_CLIENTS }, async (_, index) => {
      const who = `program ${index}`;
      await ping(await enter(who), who, target.echoHost, target.echoPort, index >= CUT_CLIENTS);
    }),
    ...Array.from({ length: PAGES }, async (_, index) => (await enter(`page ${index}`)).watch()),
  ]);

  const cutOnes = sessions.filter(({ who }) => Array.from({ length: CUT_CLIENTS }, (_, index) => `program ${index}`).includes(who));
  let turn = 0;
  setInterval(() => {
    const one = cutOnes[turn++ % cutOnes.length];
    if (one === undefined || one.session.ended !== undefined) return;
    one.cuts += 1;
    one.session.cut();
  }, CUT_MS / CUT_CLIENTS);

  const look = (): void => {
    for (const one of sessions) {
      if (one.session.ended !== undefined && !one.isTold) {
        one.isTold = true;
        losses.add(`${one.who} was ended: ${one.session.ended.code}: ${one.session.ended.message}`);
      }
      // Cuts of our own are no loss; what others cause is, also where the session comes back.
      for (; one.cuts === 0 && one.session.interruptions > 0; one.session.interruptions -= 1) losses.add(`${one.who} was cut`);
    }
  };
  return {
    reset() {
      samples.clear();
      losses.clear();
    },
    report() {
      look();
      return {
        roundTrips: samples.figures(lines.flatMap((line) => line.outstanding())),
        arrivals: new Samples().figures(),
        machine: new Samples().figures(),
        losses: losses.all,
      };
    },
  };
}
