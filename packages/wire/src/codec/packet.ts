import type { Endpoint } from "@playground/network";
import type { RoomEvent, RoomRequest } from "./room-packet.ts";

/**
 * Type numbers: the first byte of every packet. 0x01 to 0x05 are Wisp's own; 0xF1 to 0xFF belong to the
 * zone extension and mean nothing in a session that has not negotiated it.
 */
export const PacketType = {
  CONNECT: 0x01,
  DATA: 0x02,
  CONTINUE: 0x03,
  CLOSE: 0x04,
  INFO: 0x05,
  READY: 0xf1,
  LISTEN: 0xf2,
  LISTENING: 0xf3,
  LISTEN_FAILED: 0xf4,
  UNLISTEN: 0xf5,
  ACCEPT: 0xf6,
  OPENED: 0xf7,
  CREDIT: 0xf8,
  END: 0xf9,
  STOP_SENDING: 0xfa,
  END_SESSION: 0xfb,
  RESUMED: 0xfc,
  ACK: 0xfd,
  ROOM_REQUEST: 0xfe,
  ROOM_EVENT: 0xff,
} as const;

/** One of the type numbers above. */
export type PacketType = (typeof PacketType)[keyof typeof PacketType];

/** Kinds of stream in a CONNECT. UDP is part of Wisp, but no side of this project offers it. */
export const StreamType = { TCP: 0x01, UDP: 0x02 } as const;

/** One of the stream kinds above. */
export type StreamType = (typeof StreamType)[keyof typeof StreamType];

/** Client to bridge: open a connection to a host. */
export interface ConnectPacket {
  readonly type: typeof PacketType.CONNECT;
  readonly streamId: number;
  readonly streamType: StreamType;
  /** 1 to 65535. */
  readonly port: number;
  /** A host name or an IP address in text, 1 to `MAX_HOST_BYTES` bytes. */
  readonly host: string;
}

/** Both ways: bytes of a stream. */
export interface DataPacket {
  readonly type: typeof PacketType.DATA;
  readonly streamId: number;
  /** When decoded, a view into the message: no copy is made. */
  readonly payload: Uint8Array;
}

/** Bridge to client: how many more DATA packets a plain Wisp stream may send; on id 0, what each stream starts with. */
export interface ContinuePacket {
  readonly type: typeof PacketType.CONTINUE;
  readonly streamId: number;
  readonly packets: number;
}

/** Both ways: the stream is over at once, in both directions. On id 0 the whole session is refused or ended. */
export interface ClosePacket {
  readonly type: typeof PacketType.CLOSE;
  readonly streamId: number;
  /** See `CloseReason`. */
  readonly reason: number;
  /** A sentence for a person; empty in plain Wisp, which has no such field. */
  readonly message: string;
}

/** One entry of INFO. */
export interface Extension {
  readonly id: number;
  /** When decoded, a view into the message. */
  readonly metadata: Uint8Array;
}

/** Both ways, first packet of Wisp v2: version and extensions. Always on id 0. */
export interface InfoPacket {
  readonly type: typeof PacketType.INFO;
  readonly major: number;
  readonly minor: number;
  readonly extensions: readonly Extension[];
}

/** Bridge to client, once, in answer to the client's INFO: the handshake is complete. Always on id 0. */
export interface ReadyPacket {
  readonly type: typeof PacketType.READY;
  /** Names the session for END_SESSION, and when it is to go on over another WebSocket, `SESSION_ID_BYTES` random bytes. A secret. */
  readonly sessionId: Uint8Array;
  /** IP address of the client's machine in its room. */
  readonly address: string;
}

/** Client to bridge: bind a port. */
export interface ListenPacket {
  readonly type: typeof PacketType.LISTEN;
  readonly listenerId: number;
  /** 0 to 65535; 0 asks for any free port. */
  readonly port: number;
  /** Address to bind in text, as the program wrote it, 1 to `MAX_HOST_BYTES` bytes. */
  readonly address: string;
}

/** Bridge to client: the port is bound. */
export interface ListeningPacket {
  readonly type: typeof PacketType.LISTENING;
  readonly listenerId: number;
  readonly bound: Endpoint;
}

/** Bridge to client: the port could not be bound, or the listener ended later without the client's wish. */
export interface ListenFailedPacket {
  readonly type: typeof PacketType.LISTEN_FAILED;
  readonly listenerId: number;
  readonly reason: number;
  readonly message: string;
}

/** Client to bridge: stop listening. */
export interface UnlistenPacket {
  readonly type: typeof PacketType.UNLISTEN;
  readonly listenerId: number;
}

/** Bridge to client: someone connected to a listener; the stream is open from here on. */
export interface AcceptPacket {
  readonly type: typeof PacketType.ACCEPT;
  /** From `FIRST_BRIDGE_STREAM_ID` up. */
  readonly streamId: number;
  readonly listenerId: number;
  readonly remote: Endpoint;
  readonly local: Endpoint;
}

/** Bridge to client: a CONNECT has succeeded. */
export interface OpenedPacket {
  readonly type: typeof PacketType.OPENED;
  readonly streamId: number;
  readonly remote: Endpoint;
  readonly local: Endpoint;
}

/** Both ways: the sender of this packet will take so many bytes more. */
export interface CreditPacket {
  readonly type: typeof PacketType.CREDIT;
  readonly streamId: number;
  /** 1 to `MAX_WINDOW_BYTES`. */
  readonly bytes: number;
}

/** Both ways: no DATA follows in this direction (TCP's FIN). */
export interface EndPacket {
  readonly type: typeof PacketType.END;
  readonly streamId: number;
}

/** Client to bridge: whatever still comes from the peer may be thrown away. */
export interface StopSendingPacket {
  readonly type: typeof PacketType.STOP_SENDING;
  readonly streamId: number;
}

/** Bridge to client, in answer to an INFO that names a session: the session goes on over this WebSocket. Always on id 0. */
export interface ResumedPacket {
  readonly type: typeof PacketType.RESUMED;
  /** Numbered packets that the bridge has handled since the session began. */
  readonly received: number;
}

/** Both ways: so many numbered packets have been handled and need not be kept any longer. Always on id 0. */
export interface AckPacket {
  readonly type: typeof PacketType.ACK;
  /** Counted from the beginning of the session. */
  readonly received: number;
}

/** Client to bridge: another session of the same machine is over, though its own client cannot say so. Always on id 0. */
export interface EndSessionPacket {
  readonly type: typeof PacketType.END_SESSION;
  /** The id that READY gave that session, `SESSION_ID_BYTES` bytes. */
  readonly sessionId: Uint8Array;
}

/** Client to bridge, from version 3 on: something about the room. Each is answered by a ROOM_EVENT with the same id. */
export interface RoomRequestPacket {
  readonly type: typeof PacketType.ROOM_REQUEST;
  /** From 1 up; the client's to choose. */
  readonly requestId: number;
  readonly request: RoomRequest;
}

/** Bridge to client, from version 3 on: the answer to a request, or on id 0 news of the room. */
export interface RoomEventPacket {
  readonly type: typeof PacketType.ROOM_EVENT;
  readonly requestId: number;
  readonly event: RoomEvent;
}

/** Any packet. `type` tells which. */
export type Packet =
  | ConnectPacket
  | DataPacket
  | ContinuePacket
  | ClosePacket
  | InfoPacket
  | ReadyPacket
  | ListenPacket
  | ListeningPacket
  | ListenFailedPacket
  | UnlistenPacket
  | AcceptPacket
  | OpenedPacket
  | CreditPacket
  | EndPacket
  | StopSendingPacket
  | EndSessionPacket
  | ResumedPacket
  | AckPacket
  | RoomRequestPacket
  | RoomEventPacket;

const names = new Map<number, string>(Object.entries(PacketType).map(([name, number]) => [number, name]));

/** Name of a packet type for messages, such as `DATA`, or the number as `0x2a` when no type has it. */
export function packetTypeName(type: number): string {
  return names.get(type) ?? `0x${type.toString(16).padStart(2, "0")}`;
}
