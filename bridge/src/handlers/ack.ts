import type { AckPacket } from "@playground/wire/codec";
import type { Session } from "../session/session.ts";

/** ACK: `docs/protocol.md`, section 9. One that says nothing new is a question whether the bridge is there. */
export function handleAck(session: Session, { received }: AckPacket): void {
  if (!session.output.acknowledged(received)) session.violation(`ACK for ${received} packets, which cannot be`);
}
