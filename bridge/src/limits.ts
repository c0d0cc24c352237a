import { MAX_PROJECT_BYTES } from "@playground/share";

/**
 * Every limit of the bridge, with its unit and reason. Those in `BridgeLimits` bound what clients can make
 * grow, and can be set when the bridge is started; the defaults are for a class of forty.
 */
export interface BridgeLimits {
  /** Rooms at a time: each takes one of the 65,280 subnets that LAN rooms come from, and some kilobytes. */
  readonly rooms: number;
  /** Machines (pages) in one room: a /24 has 254 addresses for hosts. */
  readonly machinesPerRoom: number;
  /** Sessions (WebSockets) of one machine: one for each running program and one of the page; 20 programs must fit. */
  readonly sessionsPerMachine: number;
  /** Sessions of the whole process: 254 machines with a few programs each, and far below the usual limit on open files. */
  readonly sessions: number;
  /** TCP connections of one session, those still flushing after their end included: a server with 200 clients must fit. */
  readonly streamsPerSession: number;
  /** Listening ports of one session: a program that needs more is a port scanner the other way round. */
  readonly listenersPerSession: number;
  /** Connections on their way at a time, per session: a resolver or a silent host must not pile up work. */
  readonly connectingPerSession: number;
  /** CONNECT and LISTEN per second and session, averaged: below it a script loop cannot keep the process from serving others. */
  readonly opensPerSecond: number;
  /** How many CONNECT and LISTEN may come at once after a quiet time. */
  readonly opensBurst: number;
  /** Bytes that all sessions together may have on their way to TCP peers: bounds the process's memory. Here and below: no stream is opened above it, and one that goes on is closed. */
  readonly bufferedBytes: number;
  /** The same for one session: 256 peers that do not read, with a full window each. */
  readonly bufferedBytesPerSession: number;
  /** Bytes that are kept for sending again after a cut, of all sessions together: bounds the process's memory. */
  readonly resendBytes: number;
  /** Bytes a second of one session, both directions together, in the long run; above it they wait. 0: no limit. The default is what a gigabit network carries. */
  readonly bytesPerSecond: number;
  /** Sessions of one client address, here and below an IPv6 network of 64 bits: a class of forty behind one router, 25 each. */
  readonly sessionsPerAddress: number;
  /** TCP connections of one client address: 40 students with a server for all others, at both ends, and room for more. */
  readonly streamsPerAddress: number;
  /** Listening ports of one client address: 40 students with 25 each. */
  readonly listenersPerAddress: number;
  /** Bytes on their way to TCP peers, of one client address: half of what all may have. */
  readonly bufferedBytesPerAddress: number;
  /** Bytes a second of one client address, as above: as much as four sessions. 0: no limit. */
  readonly bytesPerSecondPerAddress: number;
  /** CONNECT and LISTEN per second and client address: ten sessions at their limit. */
  readonly opensPerSecondPerAddress: number;
  /** How many CONNECT and LISTEN may come at once from one client address after a quiet time. */
  readonly opensBurstPerAddress: number;
  /** WebSockets per second and client address: a handshake costs a third of a millisecond. */
  readonly upgradesPerSecondPerAddress: number;
  /** WebSockets at once from one client address after a quiet time: a class comes back when the bridge was started again. */
  readonly upgradesBurstPerAddress: number;
  /** Scripts that short links lead to: each is a file. */
  readonly scripts: number;
  /** Bytes of those scripts: what the disk of a small server can spare. */
  readonly scriptBytes: number;
  /** The same of one client address: a tenth, which is forty pupils with 125 links each. */
  readonly scriptsPerAddress: number;
  /** Bytes of those: an eighth. */
  readonly scriptBytesPerAddress: number;
  /** Short links that one client address opens a second, in the long run: each may be a megabyte to read, hash and send. */
  readonly scriptReadsPerSecondPerAddress: number;
  /** How many it may open at once after a quiet time: ten classes that are given the same link. */
  readonly scriptReadsBurstPerAddress: number;
}

/** What holds unless told otherwise. */
export const DEFAULT_LIMITS: BridgeLimits = {
  rooms: 1_000,
  machinesPerRoom: 254,
  sessionsPerMachine: 64,
  sessions: 4_000,
  streamsPerSession: 512,
  listenersPerSession: 64,
  connectingPerSession: 128,
  opensPerSecond: 200,
  opensBurst: 600,
  bufferedBytes: 512 * 1024 * 1024,
  bufferedBytesPerSession: 32 * 1024 * 1024,
  resendBytes: 512 * 1024 * 1024,
  bytesPerSecond: 128 * 1024 * 1024,
  sessionsPerAddress: 1_000,
  streamsPerAddress: 20_000,
  listenersPerAddress: 1_000,
  bufferedBytesPerAddress: 256 * 1024 * 1024,
  bytesPerSecondPerAddress: 512 * 1024 * 1024,
  opensPerSecondPerAddress: 2_000,
  opensBurstPerAddress: 6_000,
  upgradesPerSecondPerAddress: 200,
  upgradesBurstPerAddress: 2_000,
  scripts: 50_000,
  scriptBytes: 1024 * 1024 * 1024,
  scriptsPerAddress: 5_000,
  scriptBytesPerAddress: 128 * 1024 * 1024,
  scriptReadsPerSecondPerAddress: 20,
  scriptReadsBurstPerAddress: 400,
};

/** Time for a connection to be made, the look-up of its name included, ms: longer than two lost SYNs, short enough to wait for. */
export const CONNECT_TIMEOUT_MS = 10_000;

/** Addresses of one name that are tried: a name with more is played with. */
export const MAX_ADDRESSES_TRIED = 6;

/** Look-ups at a time: they run in the same four threads of the process as reading files. */
export const MAX_LOOKUPS = 2;

/** Incoming connections that the kernel holds for a listener until they are accepted: a class that joins at the same moment. */
export const LISTEN_BACKLOG = 256;

/** Time after our FIN in which a peer may still send (it is read and thrown away), ms: its last words must not turn into a reset. */
export const LINGER_MS = 1_500;

/** Time for a client to answer our close frame before its socket is cut, ms: a session that has ended must not hold one. */
export const CLOSE_ANSWER_MS = 1_000;

/** How long a session is kept after its WebSocket was cut, unless told otherwise, ms: a change of Wi-Fi, a lift, a laptop closed by mistake. */
export const DEFAULT_GRACE_MS = 30_000;

/** Time without progress after which bytes for a closed stream are given up, ms: a peer that no longer reads. */
export const FLUSH_STALL_MS = 30_000;

/** Time for a stopping bridge to bring out what was sent before everything is cut, ms: five seconds are promised. */
export const SHUTDOWN_MS = 4_000;

/** The linger time after our FIN when the bridge stops, ms: the process goes, and with it what would read on. */
export const SHUTDOWN_LINGER_MS = 200;

/** Time for a client to take what was sent before the close frame of a stopping bridge, ms. */
export const SHUTDOWN_CLOSE_ANSWER_MS = 3_500;

/** Time for everything that a session leaves behind to be flushed and gone, ms: two seconds are promised, timers run late. */
export const SESSION_END_MS = 1_500;

/** The same for a session that its page has ended because the program hangs, ms: the person has waited for it already. */
export const FORCED_SESSION_END_MS = 250;

/** Time from the upgrade to the client's INFO, ms: a browser sends it within a round trip. */
export const HANDSHAKE_TIMEOUT_MS = 10_000;

/** WebSockets whose handshake is not complete yet, beside the sessions: all of a full bridge may come back at the same moment. */
export const MAX_HANDSHAKES = 1_000;

/** Time between two pings unless told otherwise, ms: below the 60 s after which proxies cut silent connections. */
export const DEFAULT_PING_INTERVAL_MS = 20_000;

/** Pings without any sign of life after which a client is taken for dead: 60 s with the default, so that a stalled laptop survives a pause. */
export const MAX_MISSED_PINGS = 3;

/** Bytes that may wait in a WebSocket before its TCP sockets are no longer read: keeps the delay behind bulk data small. */
export const WEBSOCKET_HIGH_WATER_BYTES = 256 * 1024;

/** Chunks up to this size pass a full WebSocket, up to twice the mark above, bytes: a short answer must not wait behind bulk data. */
export const SMALL_CHUNK_BYTES = 1_024;

/** Bytes of packets that are no data (answers, credit) waiting in a WebSocket above which the client is cut off: it asks, but never reads. */
export const WEBSOCKET_ABANDONED_BYTES = 16 * 1024 * 1024;

/** The same in frames, counted while the WebSocket is above its high-water mark: one of a few bytes takes some hundred while it waits. */
export const WEBSOCKET_ABANDONED_FRAMES = 65_536;

/** Bytes from a plain Wisp client, whose window counts packets of any size, that wait for slow peers before its WebSocket is no longer read. */
export const PLAIN_BUFFER_BYTES = 16 * 1024 * 1024;

/** Time between pings to a client that is not read from, ms: two of them find out within a second that it has gone. */
export const PAUSED_PING_MS = 400;

/** Time that an address stays a machine's own after its last session, ms: a reload or a short cut of the network. */
export const ADDRESS_LEASE_MS = 10 * 60_000;

/** Time for a client to send the headers of a request, ms: slow ones hold a socket each. */
export const HEADERS_TIMEOUT_MS = 10_000;

/** Size of a request's headers, bytes: browsers stay below 8 KiB without cookies, and there are none. */
export const MAX_HEADER_BYTES = 16 * 1024;

/** Idle time of an HTTP connection, ms: the page's files come in one go. */
export const KEEP_ALIVE_MS = 5_000;

/** TCP connections of the HTTP server, upgraded ones included, above the limit of sessions: pages being loaded. */
export const HTTP_CONNECTIONS_BESIDE_SESSIONS = 1_000;

/** Bytes of the page's files kept in memory, compressed forms included: the built page is a few megabytes. */
export const FILE_CACHE_BYTES = 64 * 1024 * 1024;

/** Least time between two packets that tell a page of its room, ms: what a person sees as at once. */
export const NEWS_INTERVAL_MS = 200;

/** Packets a second that tell the pages of one room about it, all pages together: the more pages, the longer changes are gathered. */
export const NEWS_PER_SECOND = 250;

/** Machines whose changes are kept for a page that takes none at the moment; beyond it the page is told everything anew. */
export const MAX_NEWS_KEPT = 512;

/** Sessions of one machine that may be told of the room: the page needs one, and another while it reconnects. */
export const WATCHERS_PER_MACHINE = 4;

/** Requests about the room (watch, name, password) per second and session, averaged: a person makes them. */
export const ROOM_REQUESTS_PER_SECOND = 2;

/** How many of them may come at once after a quiet time. */
export const ROOM_REQUESTS_BURST = 10;

/** Shortest password of a room, characters: with the limit on attempts even four letters take weeks to guess. */
export const MIN_PASSWORD_CHARS = 4;

/** Wrong passwords per second and client address, averaged: six a minute. */
export const PASSWORD_ATTEMPTS_PER_SECOND = 0.1;

/** Wrong passwords at once from one client address: a class behind one address that mistypes; right ones do not count. */
export const PASSWORD_ATTEMPTS_BURST = 60;

/** Passwords hashed at a time: leaves half of the four threads for files and names; bounds memory to 32 MiB. */
export const MAX_HASHES_AT_A_TIME = 2;

/** Passwords that wait to be hashed: some 10 s of work, as long as a handshake may take. */
export const MAX_HASHES_WAITING = 256;

/** Longest room name, characters: 64 of the 64 allowed ones hold 384 bits. */
export const MAX_ROOM_NAME_LENGTH = 64;

/** Bytes of a posted project: the largest one, with some room for escapes in its JSON. */
export const MAX_SCRIPT_POST_BYTES = MAX_PROJECT_BYTES + 256 * 1024;

/** Posted projects that are being read or stored at a time: each is held in memory a few times over. */
export const MAX_SCRIPT_POSTS_AT_A_TIME = 32;

/** Short links that one address may ask for after a quiet time: a class behind one router, all at once. */
export const SCRIPT_POSTS_BURST = 60;

/** Short links a second that one address may ask for in the long run. */
export const SCRIPT_POSTS_PER_SECOND = 0.5;

/** Days without use after which a script is removed, unless told otherwise: a link of one school year still opens in the next. */
export const DEFAULT_SCRIPT_EXPIRY_DAYS = 400;
