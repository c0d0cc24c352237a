import type { Endpoint } from "@playground/network";
import type { CaptureTime, ScriptPlace } from "../event.ts";
import { segmentsBetween } from "./direction.ts";
import { ACK, FIN, PSH, RST, SYN } from "./ip-packet.ts";
import type { Side, Stream } from "./sides.ts";

/** What a packet is there for, so that its comment can be written. */
export interface PacketCause {
  readonly kind: "connect" | "refused" | "bytes" | "end" | "reset";
  /** The call that made it. */
  readonly sender: ScriptPlace | undefined;
  /** The callback that had its bytes. */
  readonly receiver: ScriptPlace | undefined;
}

/** A packet of one stream, before it has a sender's number. */
export interface StreamPacket {
  readonly at: CaptureTime;
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly flags: number;
  readonly sequence: number;
  readonly acknowledgement: number;
  readonly size: number;
  readonly bytes: Uint8Array;
  readonly cause: PacketCause | undefined;
}

/** A packet that is not numbered yet: 0 is from the client, 1 from the server. */
interface Draft {
  readonly at: CaptureTime;
  readonly from: 0 | 1;
  readonly flags: number;
  /** Bytes that went before it in its direction; absent: what has gone by then. */
  readonly offset?: number;
  readonly size: number;
  readonly bytes: Uint8Array;
  readonly cause: PacketCause | undefined;
}

const NO_BYTES = new Uint8Array();

/** The packets that a stream may have had: the handshake, data, acknowledgements of the ends. Both endpoints are known. */
export function streamPackets({ client, server }: Stream, endpoints: readonly [Endpoint, Endpoint]): StreamPacket[] {
  const known = client ?? server;
  const refusal = client?.failed;
  if (refusal) return numbered(refusedDrafts(client), endpoints);
  const openedAt = Math.min(client?.openedAt ?? Infinity, server?.openedAt ?? Infinity);
  if (!known || openedAt === Infinity) return [];
  const drafts: Draft[] = [];
  const connect = { kind: "connect", sender: client?.place, receiver: undefined } as const;
  drafts.push(draft(Math.min(client?.connectAt ?? openedAt, openedAt), 0, SYN, connect), draft(openedAt, 1, SYN | ACK), draft(openedAt, 0, ACK));
  drafts.push(...directionDrafts(0, client, server, openedAt), ...directionDrafts(1, server, client, openedAt));
  return numbered(
    drafts
      .map((one, order) => ({ one, order }))
      .sort((a, b) => a.one.at - b.one.at || a.order - b.order)
      .map(({ one }) => one),
    endpoints,
    [acknowledged(client), acknowledged(server)],
  );
}

/** A SYN, and what came back: nothing where the time ran out. */
function refusedDrafts(client: Side): Draft[] {
  const { connectAt, failed, place } = client;
  if (!failed || (failed.code !== "connection-refused" && failed.code !== "timed-out")) return [];
  const syn = draft(Math.min(connectAt ?? failed.at, failed.at), 0, SYN, { kind: "connect", sender: place, receiver: undefined });
  return failed.code === "timed-out" ? [syn] : [syn, draft(failed.at, 1, RST | ACK, { kind: "refused", sender: undefined, receiver: undefined })];
}

function directionDrafts(from: 0 | 1, sender: Side | undefined, receiver: Side | undefined, openedAt: CaptureTime): Draft[] {
  const drafts: Draft[] = [];
  let at = openedAt;
  let end = 0;
  for (const segment of segmentsBetween(sender, receiver)) {
    at = Math.max(at, segment.at);
    end = segment.offset + segment.size;
    const { offset, size, bytes } = segment;
    drafts.push({ at, from, flags: PSH | ACK, offset, size, bytes, cause: { kind: "bytes", sender: segment.sender, receiver: segment.receiver } });
  }
  const wasReset = receiver?.resetAt !== undefined || sender?.closed?.how === "abort";
  const close = sender?.closed;
  const hasEnded = (close?.how === "close" && !(receiver?.resetAt !== undefined && receiver.ended === undefined)) || receiver?.ended !== undefined;
  if (hasEnded) {
    const toldAt = receiver?.ended?.at;
    const offset = Math.max(end, close?.how === "close" ? close.offset : (receiver?.ended?.offset ?? 0));
    at = Math.max(at, close?.how === "close" ? close.at : (toldAt ?? at));
    drafts.push({ at, from, flags: FIN | ACK, offset, size: 0, bytes: NO_BYTES, cause: { kind: "end", sender: close?.place, receiver: undefined } });
    drafts.push(draft(Math.max(at, toldAt ?? at), from === 0 ? 1 : 0, ACK));
  }
  if (wasReset) {
    const abortAt = close?.how === "abort" ? close.at : receiver?.resetAt;
    drafts.push(draft(Math.max(at, abortAt ?? at), from, RST | ACK, { kind: "reset", sender: close?.place, receiver: undefined }));
  }
  return drafts;
}

/** How many of the bytes that have gone a side has had by a time. */
type Acknowledged = (at: CaptureTime, gone: number) => number;

/** How many bytes a side has had by a time; of a side that was not seen, all that has gone by then. Asked with times that do not fall. */
function acknowledged(side: Side | undefined): Acknowledged {
  if (!side) return (_at, gone) => gone;
  let index = 0;
  let had = 0;
  return (at, gone) => {
    while (index < side.arrived.length && (side.arrived[index]?.at ?? Infinity) <= at) {
      had = side.arrived[index]?.end ?? had;
      index += 1;
    }
    return Math.min(had, gone);
  };
}

function numbered(
  drafts: readonly Draft[],
  endpoints: readonly [Endpoint, Endpoint],
  had = [acknowledged(undefined), acknowledged(undefined)] as const,
): StreamPacket[] {
  // Sequence numbers begin with 0, so that a byte has the number of its offset and one.
  const gone: [number, number] = [0, 0];
  const hasBegun: [boolean, boolean] = [false, false];
  const hasEnded: [boolean, boolean] = [false, false];
  return drafts.map((one): StreamPacket => {
    const { from } = one;
    const to = from === 0 ? 1 : 0;
    const offset = one.offset ?? gone[from];
    const isSyn = (one.flags & SYN) !== 0;
    const sequence = isSyn || !hasBegun[from] ? 0 : 1 + offset + Number(hasEnded[from]);
    const count = had[from](one.at, gone[to]);
    // The end is acknowledged with the last byte before it.
    const acknowledgement = hasBegun[to] ? 1 + (hasEnded[to] && (one.flags & ACK) !== 0 ? gone[to] + 1 : count) : 0;
    if (isSyn) hasBegun[from] = true;
    if (offset + one.size > gone[from]) gone[from] = offset + one.size;
    if ((one.flags & FIN) !== 0) hasEnded[from] = true;
    return {
      at: one.at,
      from: endpoints[from],
      to: endpoints[to],
      flags: one.flags,
      sequence,
      acknowledgement: (one.flags & ACK) === 0 ? 0 : acknowledgement,
      size: one.size,
      bytes: one.bytes,
      cause: one.cause,
    };
  });
}

function draft(at: CaptureTime, from: 0 | 1, flags: number, cause?: PacketCause): Draft {
  return { at, from, flags, size: 0, bytes: NO_BYTES, cause };
}
