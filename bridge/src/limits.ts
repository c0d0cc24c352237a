import { MAX_PROJECT_BYTES } from "@playground/share";
import { DEFAULT_SHARES, type ShareLimits } from "./shares.ts";

/**
 * Every limit of the bridge, with its unit and reason. Those in `BridgeLimits` bound what clients can make
 * grow, and can be set when the bridge is started; the defaults are for a class of forty. Those that one client address has
 * for itself are in `shares.ts`.
 */
export interface BridgeLimits extends ShareLimits {
  /** Rooms at a time: each takes one of the 65,280 subnets that LAN rooms come from, and some kilobytes. */
  readonly rooms: number;
  /** Machines (pages) in one room: a /24 has 254 addresses for hosts. */
  readonly machinesPerRoom: number;
  /** Sessions (WebSockets) of one machine: one for each running program and one of the page; 20 programs must fit. */
  readonly sessionsPerMachine: number;
  /** Sessions of the whole process: 254 machines with a few programs each, and far below the usual limit on open files. */
  readonly sessions: number;
  /** WebSockets whose handshake is not complete yet, beside the sessions: all of a full bridge may come back at the same moment. */
  readonly handshakes: number;
  /** HTTP connections that are not WebSockets: pages being loaded, some kilobytes each. */
  readonly connections: number;
  /** Posted projects that are being read or stored at a time: each is held in memory a few times over. */
  readonly posts: number;
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
  /** Bytes of messages that have begun and not come whole yet, of all sessions together: as much as four addresses may have. */
  readonly unfinishedBytes: number;
  /** Bytes that are kept for sending again after a cut, of all sessions together: bounds the process's memory. */
  readonly resendBytes: number;
  /** Bytes a second of one session, both directions together, in the long run; above it they wait. 0: no limit. The default is what a gigabit network carries. */
  readonly bytesPerSecond: number;
  /** Packets a second of one session, averaged, pings and fragments included; above it they wait. A server that answers 200 clients at 60 Hz must fit. */
  readonly packetsPerSecond: number;
  /** How many packets may come at once after a quiet time. */
  readonly packetsBurst: number;
  /** Times that a session comes back after a cut, a minute, averaged; above it it waits. A network that cuts every quarter of a second lets nothing through anyway. */
  readonly resumesPerMinute: number;
  /** How often it may come back at once after a quiet time. */
  readonly resumesBurst: number;
  /** Bytes a second of one client address, as above: as much as four sessions. 0: no limit. */
  readonly bytesPerSecondPerAddress: number;
  /** Shares of one client address that an IPv6 network of 48 bits has, all its networks of 64 bits together: some households of one provider's customer. */
  readonly sharesPerNetwork: number;
  /** Scripts that short links lead to: each is a file. */
  readonly scripts: number;
  /** Bytes of those scripts: what the disk of a small server can spare. */
  readonly scriptBytes: number;
  /** The same of one client address: a tenth, which is forty pupils with 125 links each. */
  readonly scriptsPerAddress: number;
  /** Bytes of those: an eighth. */
  readonly scriptBytesPerAddress: number;
}

/** What holds unless told otherwise. */
export const DEFAULT_LIMITS: BridgeLimits = {
  ...DEFAULT_SHARES,
  rooms: 1_000,
  machinesPerRoom: 254,
  sessionsPerMachine: 64,
  sessions: 4_000,
  handshakes: 4_000,
  connections: 2_000,
  posts: 64,
  streamsPerSession: 512,
  listenersPerSession: 64,
  connectingPerSession: 128,
  opensPerSecond: 200,
  opensBurst: 600,
  bufferedBytes: 512 * 1024 * 1024,
  bufferedBytesPerSession: 32 * 1024 * 1024,
  unfinishedBytes: 128 * 1024 * 1024,
  resendBytes: 512 * 1024 * 1024,
  bytesPerSecond: 128 * 1024 * 1024,
  packetsPerSecond: 40_000,
  packetsBurst: 80_000,
  resumesPerMinute: 240,
  resumesBurst: 60,
  bytesPerSecondPerAddress: 512 * 1024 * 1024,
  sharesPerNetwork: 4,
  scripts: 50_000,
  scriptBytes: 1024 * 1024 * 1024,
  scriptsPerAddress: 5_000,
  scriptBytesPerAddress: 128 * 1024 * 1024,
};

/** Time for a connection to a script's listener to arrive there once it is made, ms: it takes one turn of the event loop, and a listener that was closed meanwhile never sees it. */
export const ARRIVAL_TIMEOUT_MS = 1_000;

/**
 * WebSockets and HTTP connections that the kernel accepts before the bridge does; it cuts the number to its own limit (Linux:
 * `net.core.somaxconn`, 4,096). When they are more, it drops the next one's SYN, which is sent again a second later: with Node's
 * default of 511 a crowd at the door cost a newcomer that second.
 */
export const PAGE_BACKLOG = 16_384;

/** Time for a client to answer our close frame before its socket is cut, ms: a session that has ended must not hold one. */
export const CLOSE_ANSWER_MS = 1_000;

/** Time for a client that is not read from any more to get our close frame, ms: its answer is not waited for, and what the kernel and the socket hold of it is memory. */
export const UNREAD_CLOSE_MS = 200;

/** How long a session is kept after its WebSocket was cut, unless told otherwise, ms: a change of Wi-Fi, a lift, a laptop closed by mistake. */
export const DEFAULT_GRACE_MS = 30_000;

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

/** Longest message before the handshake is complete, bytes: INFO with every extension and the longest password takes some hundred. */
export const HANDSHAKE_MESSAGE_BYTES = 4_096;

/** Time between two pings unless told otherwise, ms: below the 60 s after which proxies cut silent connections. */
export const DEFAULT_PING_INTERVAL_MS = 20_000;

/** Pings without any sign of life after which a client is taken for dead: 60 s with the default, so that a stalled laptop survives a pause. */
export const MAX_MISSED_PINGS = 3;

/** Bytes that one peer is written in one turn of the event loop: a window, which the kernel copies in a tenth of a millisecond. It takes megabytes at a time otherwise. */
export const PEER_WRITE_BYTES = 256 * 1024;

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

/** Time in which a client that is answered has to take `LEAST_BYTES_TAKEN`, or whatever is left, ms: one that reads nothing, or next to nothing, holds a socket. */
export const READING_TIME_MS = 8_000;

/** Bytes that a client has to take of an answer in that time: far below the slowest of mobile networks. */
export const LEAST_BYTES_TAKEN = 16 * 1024;

/** Bytes of an HTTP connection that are parsed in one go: some tens of the shortest requests, which take half a millisecond. */
export const REQUEST_PIECE_BYTES = 1_024;

/** Time for which a connection or a request that is being answered keeps its place although others of its address want it, ms. */
export const SERVED_MS = 2_000;

/** Requests of one connection that are being answered: browsers send the next when the one before is answered. */
export const MAX_PIPELINED_REQUESTS = 8;

/** Connections that are only told why they are refused, at a time; any more are cut without a word. */
export const MAX_REFUSED_CONNECTIONS = 100;

/** Time for a client to send a request, its body included, ms: the largest project over a slow network. */
export const REQUEST_TIMEOUT_MS = 60_000;

/** Time from which on the body of a request has to come fast enough, ms. */
export const BODY_GRACE_MS = 2_000;

/** Bytes a second of a request's body, averaged, at least: as slow as the slowest of mobile networks. */
export const LEAST_BODY_BYTES_PER_SECOND = 4_096;

/** Bytes of the page's files kept in memory, compressed forms included: the built page is a few megabytes. */
export const FILE_CACHE_BYTES = 64 * 1024 * 1024;

/** Least time between two packets that tell a page of its room, ms: what a person sees as at once. */
export const NEWS_INTERVAL_MS = 200;

/** Packets a second that tell the pages of one room about it, all pages together: the more pages, the longer changes are gathered. */
export const NEWS_PER_SECOND = 250;

/** Pages that are told of their room in one turn of the event loop: some 15 µs each, so that a room of a thousand keeps nobody waiting. */
export const NEWS_PER_TURN = 32;

/** Least time between two full lists for one page that asks again and again, ms: what it was told is still true, since news cannot be lost. */
export const REPEATED_NEWS_MS = 2_000;

/** Sessions of one machine that may be told of the room: the page needs one, and another while it reconnects. */
export const WATCHERS_PER_MACHINE = 4;

/** Requests about the room (watch, name, password) per second and session, averaged: a person makes them. */
export const ROOM_REQUESTS_PER_SECOND = 2;

/** How many of them may come at once after a quiet time. */
export const ROOM_REQUESTS_BURST = 10;

/** Shortest password of a room, characters: with the limits on guesses even four letters, well chosen, take days to find. */
export const MIN_PASSWORD_CHARS = 4;

/** Wrong passwords of one room, whoever sent them, up to which a guess is checked at once: ten classes that mistype. One a minute is forgotten. */
export const GUESSES_AT_ONCE = 600;

/** Wrong passwords of one room that are forgotten a minute. */
export const GUESSES_FORGOTTEN_PER_MINUTE = 1;

/** Time between two guesses in one room that are checked, ms, by how many wrong ones it has had: a room that is attacked for long is guessed at 172,800 times a day at most. */
export const GUESS_INTERVALS_MS: readonly { readonly from: number; readonly ms: number }[] = [
  { from: 10_000, ms: 500 },
  { from: 3_000, ms: 50 },
  { from: 0, ms: 5 },
];

/** Guesses that wait in one room; above it those of the largest group of addresses give way. */
export const MAX_GUESSES_WAITING = 2_000;

/** Rooms whose wrong passwords are remembered, and machine tokens of each. */
export const MAX_GUESSED_ROOMS = 2_000;
export const MAX_GUESSING_TOKENS = 1_000;

/** Delay of the answer to a wrong password, ms: this much for each that its machine has sent, and less for those of its address. */
export const WRONG_PASSWORD_DELAY_MS = 300;
export const WRONG_PASSWORD_DELAY_PER_ADDRESS_MS = 20;

/** Longest delay of that answer, ms: shorter than a page waits. */
export const MAX_WRONG_PASSWORD_DELAY_MS = 5_000;

/** Passwords hashed at a time: leaves half of the four threads for files and names; bounds memory to 32 MiB. */
export const MAX_HASHES_AT_A_TIME = 2;

/** Passwords that wait to be hashed, of one client address: as many as its guesses, since a class may enter at one moment. */
export const MAX_HASHES_WAITING_PER_ADDRESS = 400;

/** Passwords that wait to be hashed, of all: beyond it those of the largest group of addresses give way. */
export const MAX_HASHES_WAITING = 1_024;

/** Memory for texts of short links that were read and checked, bytes: eight of the largest, or a lesson's thousand. */
export const CHECKED_TEXT_BYTES = 8 * 1024 * 1024;

/** Bytes of a posted project: the largest one, with some room for escapes in its JSON. */
export const MAX_SCRIPT_POST_BYTES = MAX_PROJECT_BYTES + 256 * 1024;

/** Days without use after which a script is removed, unless told otherwise: a link of one school year still opens in the next. */
export const DEFAULT_SCRIPT_EXPIRY_DAYS = 400;

/** Time in which its address's rate brings what a session may owe of it before it has to wait, ms: so that one that asks for much goes on a slice at a time, not packet by packet. */
export const LEAST_DEBT_MS = 3;

/** Time in which the rate of an address brings what all its sessions may owe together, ms: a thousand of them with ten times the above. Beyond it all of them wait. */
export const MOST_OWED_MS = 30_000;

/** Time that what arrives is handled at once in one turn of the event loop, and what waits in the next, all clients together, ms: what somebody else's packet waits for, twice. */
export const TURN_MS = 2;

/** Time for which nobody is served while every turn of the event loop accepts a connection, ms: some fifty of them, one in each turn. */
export const ACCEPTING_MS = 5;

/** Time of the turn that comes after that, ms: whoever asks for little is served first, and has enough of it. */
export const ACCEPTING_TURN_MS = 1;

/** Time of a turn for one address, ms: whatever the others send, there is time left for the next. */
export const ADDRESS_TURN_MS = 1;

/** Time for which one session is served before it is another's turn, ms: some hundred small packets. */
export const SLICE_MS = 0.5;

/** Packets of one slice, whatever they take: none is free. */
export const SLICE_PACKETS = 256;

/** What Node does for a TCP connection once the turn that asked for it is over, ms: it makes the socket, connects it, and says so. */
export const DIAL_LATER_MS = 0.15;

/** What Node does for a TCP connection that is being closed once that turn is over, ms: the end that the peer answers with, and the closing of the socket. */
export const CLOSE_LATER_MS = 0.25;

/** What a slice counts as at least, ms: reading from a socket costs that much even when nothing comes of it. */
export const LEAST_SLICE_MS = 0.02;

/** Longest wait of a client that comes back too often, ms: shorter than it waits for an answer, so that it is never refused. */
export const MAX_RESUME_WAIT_MS = 5_000;
