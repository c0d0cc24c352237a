export { type Cidr, cidr, cidrContains, cidrWithin, parseCidr } from "./address/cidr.ts";
export { type Embedding, embeddingOf } from "./address/embedded-ipv4.ts";
export { HOST_MACHINE_NAME } from "./address/host-machine.ts";
export { addressFromBytes, type IpAddress, knownIpAddress, parseIpAddress } from "./address/ip-address.ts";
export { isLocalhost, isLoopback, LOOPBACK_OF_HOST, LOOPBACK_V4, LOOPBACK_V6 } from "./address/loopback.ts";
export { isOwnAddress, leadsHere, ownAddresses } from "./address/own-addresses.ts";
export { normalName, parseTarget, type Target } from "./address/target.ts";
export { isWildcardAddress, reachableAddress, WILDCARD } from "./address/wildcard.ts";
export { ClosingSocket } from "./closing-socket.ts";
export {
  type AttemptBudget,
  type AttemptEvents,
  ConnectionRace,
  interleaveFamilies,
  type RaceEvents,
  type RaceOptions,
  type RunningAttempt,
} from "./connection-race.ts";
export {
  brokenAtOnce,
  brokenFailure,
  connectFailure,
  failure,
  listenFailure,
  nameToListenOn,
  noNameServer,
  notAnAddress,
  notOurAddress,
  type Opener,
  systemCode,
  unknownHost,
} from "./failure.ts";
export {
  CONNECT_TIMEOUT_MS,
  CONNECTION_ATTEMPT_DELAY_MS,
  FIRST_WINDOW_BYTES,
  FLUSH_STALL_MS,
  FREE_PORT_TRIES,
  LINGER_MS,
  LISTEN_BACKLOG,
  MAX_ADDRESSES_TRIED,
  MAX_LOOKUPS,
} from "./limits.ts";
export { type Answer, type LookUp, Resolver } from "./resolver.ts";
export { endpointOf } from "./socket-endpoint.ts";
export { TcpNetwork } from "./tcp-network.ts";
export { type ListenAddress, TcpListener, type TcpListenerEvents } from "./tcp-listener.ts";
export { writeTogether } from "./write-together.ts";
