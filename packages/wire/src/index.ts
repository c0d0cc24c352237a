export { PacketReceiveWindow, PacketSendWindow } from "./packet-credit.ts";
export { ReceiveWindow, SendWindow } from "./byte-credit.ts";
export type { ClientRoom, RoomAnswer, RoomNews } from "./client-room.ts";
export { Continuity } from "./continuity.ts";
export { decodePacket } from "./decode.ts";
export { BlockPool } from "./block-pool.ts";
export { encodeData, encodePacket, HEADER_BYTES, writeDataHeader } from "./encode.ts";
export {
  DEFAULT_WINDOW_BYTES,
  FIRST_BRIDGE_STREAM_ID,
  LAST_ID,
  MACHINE_TOKEN_BYTES,
  MAX_DATA_BYTES,
  MAX_EXTENSIONS,
  MAX_GRACE_MS,
  MAX_HOST_BYTES,
  MAX_MACHINE_NAME_BYTES,
  MAX_MESSAGE_BYTES,
  MAX_PASSWORD_BYTES,
  MAX_PRESENCE_GONE,
  MAX_PRESENCE_LISTENERS,
  MAX_PRESENCE_MACHINES,
  MAX_REASON_BYTES,
  MAX_ROOM_BYTES,
  MAX_WINDOW_BYTES,
  MIN_WINDOW_BYTES,
  PLAIN_WINDOW_PACKETS,
  REPLAY_HIGH_WATER_BYTES,
  REPLAY_HIGH_WATER_PACKETS,
  SESSION_ID_BYTES,
} from "./limits.ts";
export {
  type AcceptPacket,
  type AckPacket,
  type ClosePacket,
  type ConnectPacket,
  type ContinuePacket,
  type CreditPacket,
  type DataPacket,
  type EndPacket,
  type Extension,
  type InfoPacket,
  type ListenFailedPacket,
  type ListeningPacket,
  type ListenPacket,
  type OpenedPacket,
  type Packet,
  PacketType,
  packetTypeName,
  type ReadyPacket,
  type ResumedPacket,
  type EndSessionPacket,
  type RoomEventPacket,
  type RoomRequestPacket,
  type StopSendingPacket,
  StreamType,
  type UnlistenPacket,
} from "./packet.ts";
export { encodePresence, encodeRoomMachine, type PresenceHead } from "./presence-packet.ts";
export { type RoomEvent, type RoomListener, type RoomMachine, type RoomRequest, RoomResult } from "./room-packet.ts";
export { CloseReason, codeToPlainReason, codeToReason, reasonToCode } from "./reason.ts";
export { CloseCode } from "./close-code.ts";
export type { Schedule } from "./schedule.ts";
export type { Transport, TransportEvents } from "./transport.ts";
export { WIRE_ERROR_CODES, WireError, type WireErrorCode, type WireErrorPlace } from "./wire-error.ts";
export {
  type BridgeMetadata,
  type ClientMetadata,
  decodeBridgeMetadata,
  decodeClientMetadata,
  encodeBridgeMetadata,
  encodeClientMetadata,
  type NetworkMode,
  RESUME_VERSION,
  type ResumeRequest,
  ROOM_VERSION,
  WISP_MAJOR,
  WISP_MINOR,
  WISP_V2_SUBPROTOCOL,
  ZONE_EXTENSION_ID,
  ZONE_VERSION,
} from "./zone-extension.ts";
export type { SessionInfo } from "./client-handshake.ts";
export { ClientSession } from "./client-session.ts";
export { type ClientSessionEvents, type ClientSessionOptions, HANDSHAKE_TIMEOUT_MS, type SessionStats } from "./client-session-options.ts";
export { SESSION_BUFFER_BYTES, STREAM_BUFFER_BYTES, STREAM_RESERVE_BYTES, TRANSPORT_HIGH_WATER_BYTES } from "./outbox.ts";
