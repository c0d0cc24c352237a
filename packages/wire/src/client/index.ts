export type { ClientRoom, RoomAnswer, RoomNews } from "./client-room.ts";
export type { OpenTransport, Transport, TransportEvents } from "./transport.ts";
export { type StandardWebSocket, transportOver } from "./websocket-transport.ts";
export type { SessionInfo } from "./client-handshake.ts";
export { ClientSession } from "./client-session.ts";
export { type ClientSessionEvents, type ClientSessionOptions, HANDSHAKE_TIMEOUT_MS, type SessionStats } from "./client-session-options.ts";
export { TRANSPORT_HIGH_WATER_BYTES } from "./outbox.ts";
