import { type NetworkFailure, endpointText } from "@playground/network";
import { type ConnectPacket, StreamType } from "@playground/wire/codec";
import { failure } from "@playground/tcp";
import { DIAL_LATER_MS } from "../limits.ts";
import { logRefusal } from "../session/session-log.ts";
import type { Session } from "../session/session.ts";

/** CONNECT: `docs/protocol.md`, sections 2 and 6. OPENED (in zone sessions) or CLOSE follows. */
export function handleConnect(session: Session, packet: ConnectPacket): void {
  const { streamId } = packet;
  if (session.protocol.isZone) {
    const fault = session.streams.takeId(streamId);
    if (fault !== undefined) {
      session.violation(`CONNECT with ${fault}`);
      return;
    }
  } else if (session.streams.has(streamId)) {
    // Plain Wisp has no word for this; closing the id would end the stream that has it by right.
    return;
  }
  const refusal = open(session, packet);
  if (refusal === undefined) return;
  session.output.sendClose(streamId, refusal);
  // The others are no decision of the bridge's: there is nothing at that address.
  if (refusal.code === "not-allowed" || refusal.code === "limit-exceeded") logRefusal(session, refusal, endpointText(packet.host, packet.port));
}

function open(session: Session, { streamId, streamType, host, port }: ConnectPacket): NetworkFailure | undefined {
  if (streamType !== StreamType.TCP) return failure("invalid-address", "The bridge connects over TCP only; UDP is not offered.");
  const refusal = session.account.takeOpen() ?? session.streams.refusal() ?? session.streams.connectingRefusal();
  if (refusal !== undefined) return refusal;
  const route = session.services.network.routeFor(session.room, session.machine, host, port);
  if (route.kind === "refuse") return route.failure;
  session.services.turns.expectLater(DIAL_LATER_MS);
  session.streams.open(streamId).connect(route, host, port, session.services);
  return undefined;
}
