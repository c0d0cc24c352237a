export { endpointText } from "./endpoint-text.ts";
export { formatIpAddress, parseIpAddress } from "./ip-address.ts";
export { isLoopbackHost } from "./loopback-host.ts";
export { MAX_NAMED_MACHINES } from "./named-machines.ts";
export type {
  ConnectEvents,
  Endpoint,
  ListenerEvents,
  Network,
  NetworkErrorCode,
  NetworkFailure,
  NetworkListener,
  NetworkStream,
  StreamEvents,
  StreamLevels,
  WindowWish,
} from "./network.ts";
export { isRoomName, isRoomNameInAnyCase, MAX_ROOM_NAME_LENGTH, READABLE_LETTERS, roomNameOf } from "./room-name.ts";
export { SESSION_BUFFER_BYTES, STREAM_BUFFER_BYTES, STREAM_RESERVE_BYTES } from "./send-limits.ts";
export { FROM_SITE_PARAMETER } from "./site-address.ts";
export { MAX_GROWN_WINDOW_BYTES, WINDOW_GROWTH_BYTES } from "./window-limits.ts";
export { PassingEvents, PassingStream } from "./passing.ts";
