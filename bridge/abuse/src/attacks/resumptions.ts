import { randomBytes } from "node:crypto";
import { encodeData, PacketType, StreamType } from "@playground/wire/codec";
import { type Attack, inParallel, sleep } from "../attack.ts";
import { RawSession } from "../client/raw-session.ts";

const SESSIONS = 8;
/** Bytes that each session leaves without an acknowledgement, so that they are sent again whenever it comes back. */
const KEPT_BYTES = 131_072;
/** The limit of the bridge for each session, bytes a second. */
const BYTES_A_SECOND = 1_048_576;
/** Comebacks of one session that are enough: at once for a network that flaps, and a second in the long run. */
const RESUMES_AT_ONCE = 60;
const RESUMES_A_SECOND = 4;

/** Sessions that come back again and again, and want all to be sent again each time. */
export const resumptions: Attack = {
  name: "resumptions",
  what: `${SESSIONS} sessions come back as fast as they can, for 128 KiB each time`,
  bridgeOptions: ["--max-bytes-per-second", "1MiB"],
  async run(run) {
    await Promise.all(
      Array.from({ length: SESSIONS }, async () => {
        const token = randomBytes(16);
        const first = new RawSession(run.target, { address: run.address, room: "comeback", token, window: KEPT_BYTES });
        const ready = await first.ready();
        if (ready === undefined) return run.count("refused");
        const isFilled = new Promise<void>((resolve) => {
          let received = 0;
          first.onPacket = (packet) => {
            if (packet.type === PacketType.OPENED) for (let i = 0; i < KEPT_BYTES; i += 65_536) first.ws.send(encodeData(1, Buffer.alloc(65_536)));
            if (packet.type === PacketType.DATA) received += packet.payload.length;
            if (received >= KEPT_BYTES) resolve();
          };
        });
        first.send({ type: PacketType.CONNECT, streamId: 1, streamType: StreamType.TCP, host: run.target.echoHost, port: run.target.echoPort });
        await Promise.race([isFilled, sleep(1_000)]);
        const { sessionId } = ready;
        first.ws.terminate();
        await inParallel(run, 1, 20_000, async () => {
          const again = new RawSession(run.target, { address: run.address, room: "comeback", token, window: KEPT_BYTES, resume: { sessionId, received: 0 } });
          again.ws.on("message", (data: Buffer) => run.count("bytes", data.length));
          const answer = await again.answer;
          const isResumed = answer?.type === PacketType.RESUMED;
          run.count(isResumed ? "resumed" : "refused");
          await sleep(isResumed ? 2 : 20);
          again.ws.terminate();
        });
      }),
    );
  },
  judge({ bytes = 0, resumed = 0 }, seconds) {
    const mostBytes = SESSIONS * BYTES_A_SECOND * (seconds + 2);
    const mostResumes = SESSIONS * (RESUMES_AT_ONCE + RESUMES_A_SECOND * seconds);
    return [
      ...(bytes > mostBytes ? [`${(bytes / 1e6).toFixed(0)} MB came through limits that let ${(mostBytes / 1e6).toFixed(0)} MB pass`] : []),
      ...(resumed > mostResumes ? [`${resumed} comebacks; ${mostResumes.toFixed(0)} are enough`] : []),
    ];
  },
};

/** Comebacks to sessions that never were. */
export const wrongResumptions: Attack = {
  name: "wrong-resumptions",
  what: "comebacks to sessions that never were, as fast as they can be sent",
  async run(run) {
    await inParallel(run, 20, 20_000, async (index) => {
      const session = new RawSession(run.target, { address: run.address, room: `gone-${index % 50}`, resume: { sessionId: randomBytes(16), received: index } });
      const answer = await session.answer;
      run.count(answer === undefined ? "refused" : "answered");
      session.ws.terminate();
    });
  },
};
