const MEBIBYTE = 1024 * 1024;

/** A share of something that an address holds: so many, or so many bytes, at a time. */
export interface HeldShare {
  readonly unit: "count" | "bytes";
  readonly fallback: number;
  /** What is counted, for the help; without "of one client address" at the end. */
  readonly help: string;
  /** What a client is told that wants more than the share, where the address holds so many. */
  readonly sentence: (held: number) => string;
  /** Counted anew in each room, by the room itself. */
  readonly isPerRoom?: true;
}

/** A share of something that an address does: so many at once after a quiet time, and so many a second or minute in the long run. */
export interface RateShare {
  readonly per: "Second" | "Minute";
  readonly rate: number;
  readonly burst: number;
  /** What is counted, for the help: the subject of "… a second". */
  readonly help: string;
  /** What a client is told whose address does more than so many a second or minute. */
  readonly sentence: (rate: number) => string;
  /** Beyond it nothing is refused: the sessions that owe wait, each for its own debt. */
  readonly isDivided?: true;
}

/**
 * What one client address may hold at a time. One line is all that a new share needs: its option, its metrics, its line of the
 * help and its refusal come from here. The defaults are for a class of forty behind one router.
 */
export const HELD_SHARES = {
  /** 40 pupils with 25 each: a page, its programs, and those that are being replaced. */
  sessions: {
    unit: "count",
    fallback: 1_000,
    help: "Sessions",
    sentence: (held) => `Your network's address has ${held} sessions with the bridge, which is the most it takes. Stop some programs, or try later.`,
  },
  /** 40 pupils with a server for all others, at both ends, and room for more. */
  streams: {
    unit: "count",
    fallback: 20_000,
    help: "TCP connections",
    sentence: (held) => `Programs at your network's address have ${held} connections, which is the most the bridge takes. Close some of them.`,
  },
  /** A class that enters at once, and guesses that wait; each holds a WebSocket. */
  guesses: {
    unit: "count",
    fallback: 400,
    help: "Passwords that are being checked or whose answer is delayed,",
    sentence: (held) => `${held} passwords from your network's address are being checked, which is the most the bridge takes. Try again in a few seconds.`,
  },
  /** 40 pupils with 25 each. */
  listeners: {
    unit: "count",
    fallback: 1_000,
    help: "Listening ports",
    sentence: (held) => `Programs at your network's address listen on ${held} ports, which is the most the bridge takes. Close some of them.`,
  },
  /** Half of what all may have. */
  bufferedBytes: {
    unit: "bytes",
    fallback: 256 * MEBIBYTE,
    help: "Bytes on their way to TCP peers that do not read,",
    sentence: (held) => `Programs at your network's address have sent ${held} bytes that nobody reads, and the bridge keeps no more. Try again later.`,
  },
  /** 40 pupils with eight programs that each send a packet of the largest size at the same moment. */
  unfinishedBytes: {
    unit: "bytes",
    fallback: 32 * MEBIBYTE,
    help: "Bytes of messages that have not come whole yet,",
    sentence: (held) =>
      `Programs at your network's address have begun messages of ${held} bytes that have not come whole, and the bridge keeps no more: the longest is given up. Send smaller ones, to their end.`,
  },
  /** 40 pupils with 10 sessions each, all back at once when the bridge was started again. */
  handshakes: {
    unit: "count",
    fallback: 400,
    help: "WebSockets that have not said yet which session they want,",
    sentence: (held) =>
      `Your network's address has ${held} WebSockets that have said nothing yet, and the one that was silent longest was closed. Connect again.`,
  },
  /** 40 pupils with a room each and others that they try, and a lesson's rooms. */
  rooms: {
    unit: "count",
    fallback: 200,
    help: "Rooms, those that nobody is in included,",
    sentence: (held) =>
      `Your network's address has opened ${held} rooms that are still there, which is the most the bridge takes. Use one of them, or try later.`,
  },
  /** 40 pupils with a room each, who all have a break. */
  emptyRooms: {
    unit: "count",
    fallback: 64,
    help: "Rooms that nobody is in, kept for those who may come back,",
    sentence: (held) =>
      `${held} rooms that were opened from your network's address are empty, which is the most the bridge keeps: the one that was used least is closed.`,
  },
  /** As many as sessions: a plain client is a machine for each session. */
  machines: {
    unit: "count",
    fallback: 1_000,
    help: "Machines (pages) in all rooms, those whose place is kept included,",
    sentence: (held) =>
      `Your network's address has ${held} machines in the bridge's rooms, those whose place is kept included, which is the most it takes. Leave some rooms, or try later.`,
  },
  /** Three classes of forty, one after the other, whose places are kept for a while, and some guests. A hundred places of a room stay for others. */
  machinesPerRoom: {
    unit: "count",
    fallback: 150,
    help: "Machines (pages) in one room, those whose place is kept included,",
    sentence: (held) =>
      `Your network's address has ${held} machines in this room, those whose place is kept included, which is the most it may have. Use another room, or ask someone to leave.`,
    isPerRoom: true,
  },
  /** 40 browsers with 6 each, which is what they open to one host, and room for more. */
  connections: {
    unit: "count",
    fallback: 400,
    help: "HTTP connections (behind a trusted proxy: requests at a time) that are not WebSockets,",
    sentence: (held) => `Your network's address has ${held} HTTP connections, which is the most the bridge takes. Close some, or try again in a moment.`,
  },
  /** A class that makes short links, all at once. */
  posts: {
    unit: "count",
    fallback: 40,
    help: "Short links that are being sent at the same time,",
    sentence: (held) =>
      `Your network's address sends ${held} short links at this moment, which is the most the bridge takes. Try again in a moment; the long link works at once.`,
  },
} as const satisfies Record<string, HeldShare>;

/** What one client address may do, a second or a minute. As above: one line is all that a new share needs. */
export const RATE_SHARES = {
  /** 40 pupils with 50 each at once, then with 25 a second: each costs the bridge some 0.2 ms, and its peer as much. */
  opens: {
    per: "Second",
    rate: 1_000,
    burst: 2_000,
    help: "Connections and ports that one client address opens",
    sentence: (rate) => `Programs at your network's address open more than ${rate} connections and ports a second. Wait a moment.`,
  },
  /** A handshake costs a third of a millisecond; a class comes back at once when the bridge was started again. */
  upgrades: {
    per: "Second",
    rate: 200,
    burst: 2_000,
    help: "WebSockets that one client address opens",
    sentence: (rate) => `Your network's address opens more than ${rate} WebSockets a second. Wait a moment.`,
  },
  /** A class of which each opens a room, all at once; then some for each of them in a lesson. */
  newRooms: {
    per: "Minute",
    rate: 120,
    burst: 120,
    help: "Rooms that one client address opens",
    sentence: (rate) => `Your network's address opens more than ${rate} rooms a minute. Use a room that exists, or wait a moment.`,
  },
  /** A class that comes all at once, with some programs that are no pages. */
  newMachines: {
    per: "Minute",
    rate: 600,
    burst: 600,
    help: "Machines (pages) that come to a room for the first time, from one client address,",
    sentence: (rate) => `More than ${rate} new machines a minute come to rooms from your network's address. Wait a moment.`,
  },
  /** 40 pupils with four programs that send 500 a second each; above it they wait. One costs some microseconds, however small it is. */
  packets: {
    per: "Second",
    rate: 80_000,
    burst: 160_000,
    help: "Packets and other frames of WebSockets from one client address",
    sentence: (rate) => `Programs at your network's address send more than ${rate} packets a second. They wait.`,
    isDivided: true,
  },
  /** 40 pupils with 25 sessions each that come back at once, twice; above it they wait. */
  resumes: {
    per: "Minute",
    rate: 3_000,
    burst: 2_000,
    help: "Times that sessions of one client address come back after a cut",
    sentence: (rate) => `Sessions at your network's address come back more than ${rate} times a minute. They wait.`,
    isDivided: true,
  },
  /** A class behind one address that mistypes, all at once; right passwords do not count, and above it guesses wait for their turn. */
  wrongPasswords: {
    per: "Minute",
    rate: 6,
    burst: 60,
    help: "Wrong passwords of rooms that one client address sends",
    sentence: (rate) => `Too many wrong passwords came from your address: more than ${rate} a minute. Others wait for their turn.`,
  },
  /** A class that makes short links, all at once. */
  shortLinks: {
    per: "Minute",
    rate: 30,
    burst: 60,
    help: "Short links that one client address asks for",
    sentence: (rate) => `Too many short links from this address: more than ${rate} a minute. Wait a moment; the long link works at once.`,
  },
  /** A class that opens a link again and again. */
  scriptReads: {
    per: "Second",
    rate: 20,
    burst: 400,
    help: "Short links that one client address opens",
    sentence: (rate) => `Your network's address opens more than ${rate} short links a second. Wait a moment.`,
  },
} as const satisfies Record<string, RateShare>;

/** The name of something held. */
export type HeldName = keyof typeof HELD_SHARES;
/** The name of something done. */
export type RateName = keyof typeof RATE_SHARES;

/** The name of something done whose share the sessions of an address have among them. */
export type DividedName = { [Name in RateName]: (typeof RATE_SHARES)[Name] extends { readonly isDivided: true } ? Name : never }[RateName];
/** The name of something done beyond whose share an address is refused, or all of it waits. */
export type UndividedName = Exclude<RateName, DividedName>;

/** The limit that a share of something held is: `sessions` is `sessionsPerAddress`. */
export type HeldLimit<Name extends HeldName = HeldName> = `${Name}PerAddress`;
/** The limit on the long run of something done: `opens` is `opensPerSecondPerAddress`. */
export type RateLimitName<Name extends RateName = RateName> = Name extends RateName ? `${Name}Per${(typeof RATE_SHARES)[Name]["per"]}PerAddress` : never;
/** The limit on what may be done at once: `opens` is `opensBurstPerAddress`. */
export type BurstLimit<Name extends RateName = RateName> = `${Name}BurstPerAddress`;

/** The limit that every share is, by its name. */
export type ShareLimits = { readonly [Limit in HeldLimit | RateLimitName | BurstLimit]: number };

/** The names of all shares of something held. */
export const HELD_NAMES = Object.keys(HELD_SHARES) as readonly HeldName[];
/** The names of all shares of something done. */
export const RATE_NAMES = Object.keys(RATE_SHARES) as readonly RateName[];

/** Whether a share is counted anew in each room, by the room itself. */
export function isPerRoom(name: HeldName): boolean {
  return "isPerRoom" in HELD_SHARES[name];
}

/** Whether the sessions of an address have a share among them. */
export function isDivided(name: RateName): name is DividedName {
  return "isDivided" in RATE_SHARES[name];
}

/** The limit of something held. */
export function heldLimit(name: HeldName): HeldLimit {
  return `${name}PerAddress`;
}

/** The limit on the long run of something done. */
export function rateLimit(name: RateName): RateLimitName {
  return `${name}Per${RATE_SHARES[name].per}PerAddress` as RateLimitName;
}

/** The limit on what may be done at once. */
export function burstLimit(name: RateName): BurstLimit {
  return `${name}BurstPerAddress`;
}

/** What all shares are unless told otherwise. */
export const DEFAULT_SHARES = Object.fromEntries([
  ...HELD_NAMES.map((name) => [heldLimit(name), HELD_SHARES[name].fallback]),
  ...RATE_NAMES.flatMap((name) => [
    [rateLimit(name), RATE_SHARES[name].rate],
    [burstLimit(name), RATE_SHARES[name].burst],
  ]),
]) as ShareLimits;
