import type { NetworkFailure } from "@playground/network";
import {
  decodeClientMetadata,
  DEFAULT_WINDOW_BYTES,
  encodeBridgeMetadata,
  type ClientMetadata,
  type InfoPacket,
  PacketType,
  PLAIN_WINDOW_PACKETS,
  RESUME_VERSION,
  ROOM_VERSION,
  WireError,
  WISP_MAJOR,
  WISP_MINOR,
  ZONE_VERSION,
} from "@playground/wire/codec";
import { failure } from "@playground/tcp";
import { RoomMember } from "../room/room-member.ts";
import type { Session } from "../session/session.ts";
import { handleResume } from "./resume.ts";

/** The bridge's first words to a v2 client: `docs/protocol.md`, section 3. */
export function sendInfo(session: Session): void {
  const { graceMs } = session.services;
  const offer = encodeBridgeMetadata({
    version: ZONE_VERSION,
    graceMs,
    hasPassword: session.room.password.isSet,
    network: session.services.network.mode,
    window: DEFAULT_WINDOW_BYTES,
    room: session.room.name,
  });
  session.output.send({ type: PacketType.INFO, major: WISP_MAJOR, minor: WISP_MINOR, extensions: [offer] });
}

/** What each plain stream starts with: `docs/protocol.md`, section 2, "Plain sessions". */
export function sendInitialContinue(session: Session): void {
  session.output.send({ type: PacketType.CONTINUE, streamId: 0, packets: PLAIN_WINDOW_PACKETS });
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
    session.begin();
    return;
  }
  if (metadata.version > ZONE_VERSION) {
    session.refuse(
      failure("internal", `The client wants version ${metadata.version} of the zone extension; the bridge speaks ${ZONE_VERSION}. Reload the page.`),
    );
    return;
  }
  if (metadata.resume !== undefined) {
    handleResume(session, metadata, metadata.resume);
    return;
  }
  admit(session, metadata);
}

/** Lets the client in at once, or once its password was found to be right. */
function admit(session: Session, metadata: ClientMetadata): void {
  const refusal = session.services.rooms.admission.check(session.room, metadata, {
    account: session.account.client,
    address: session.clientAddress,
    isWaiting: () => !session.hasEnded,
  });
  if (!(refusal instanceof Promise)) {
    enter(session, metadata, refusal);
    return;
  }
  // The client owns the message that the metadata is a view of, and the password is of no use any more.
  const kept = { ...metadata, machineToken: metadata.machineToken.slice() };
  session.startAdmission();
  refusal.then(
    (settled) => enter(session, kept, settled),
    (error: unknown) => enter(session, kept, failure("internal", `The password could not be checked: ${String(error)}`)),
  );
}

/** Version 2 cannot be told that there is no resuming; its client is kept for no time at all. */
function isResumable(version: number, graceMs: number): boolean {
  return version >= ROOM_VERSION ? graceMs > 0 : version >= RESUME_VERSION;
}

function enter(session: Session, metadata: ClientMetadata, refusal: NetworkFailure | undefined): void {
  if (session.hasEnded) return;
  session.isBeingAdmitted = false;
  if (refusal !== undefined) {
    session.refuse(refusal);
    return;
  }
  if (session.begin(metadata) !== undefined) return;
  if (metadata.version >= ROOM_VERSION) session.member = new RoomMember(session);
  const sessionId = session.makeId();
  session.output.sendUncounted({ type: PacketType.READY, sessionId, address: session.machine.address });
  if (isResumable(metadata.version, session.services.graceMs)) session.makeResumable(sessionId, metadata.machineToken);
}
