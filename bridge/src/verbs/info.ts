import {
  decodeClientMetadata,
  DEFAULT_WINDOW_BYTES,
  encodeBridgeMetadata,
  type ClientMetadata,
  type InfoPacket,
  PacketType,
  PLAIN_WINDOW_PACKETS,
  RESUME_VERSION,
  WireError,
  WISP_MAJOR,
  WISP_MINOR,
  ZONE_VERSION,
} from "@playground/wire";
import { failure } from "../failure.ts";
import type { Session } from "../session/session.ts";
import { handleResume } from "./resume.ts";

/** The bridge's first words to a v2 client: `docs/protocol.md`, section 3. */
export function sendInfo(session: Session): void {
  const { graceMs } = session.services;
  const offer = encodeBridgeMetadata({
    version: offeredVersion(session),
    graceMs,
    network: session.services.network.mode,
    window: DEFAULT_WINDOW_BYTES,
    room: session.room.name,
  });
  session.send({ type: PacketType.INFO, major: WISP_MAJOR, minor: WISP_MINOR, extensions: [offer] });
}

/** What each plain stream starts with: `docs/protocol.md`, section 2, "Plain sessions". */
export function sendInitialContinue(session: Session): void {
  session.send({ type: PacketType.CONTINUE, streamId: 0, packets: PLAIN_WINDOW_PACKETS });
}

/** INFO from the client: `docs/protocol.md`, section 3. READY follows when the client speaks zone. */
export function handleInfo(session: Session, packet: InfoPacket): void {
  let metadata: ClientMetadata | undefined;
  try {
    metadata = decodeClientMetadata(packet.extensions);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    session.violation(`INFO: ${error.message}`);
    return;
  }
  if (metadata === undefined) {
    session.begin("plain");
    return;
  }
  if (metadata.version > offeredVersion(session)) {
    session.refuse(failure("internal", `The client wants version ${metadata.version} of the zone extension; the bridge speaks ${offeredVersion(session)}. Reload the page.`));
    return;
  }
  if (metadata.resume !== undefined) {
    handleResume(session, metadata, metadata.resume);
    return;
  }
  if (session.begin("zone", metadata) !== undefined) return;
  const sessionId = session.makeId();
  session.sendUncounted({ type: PacketType.READY, sessionId, address: session.machine.address });
  if (metadata.version >= RESUME_VERSION) session.makeResumable(sessionId, metadata.machineToken);
}

/** Without a grace time there is nothing to resume, and the version before resuming is offered. */
function offeredVersion(session: Session): number {
  return session.services.graceMs === 0 ? RESUME_VERSION - 1 : ZONE_VERSION;
}

