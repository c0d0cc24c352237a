export { formatIpAddress, parseIpAddress } from "./ip-address.ts";
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
} from "./network.ts";
export { isRoomName, MAX_ROOM_NAME_LENGTH, roomNameOf } from "./room-name.ts";
