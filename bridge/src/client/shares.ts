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
} as const satisfies Record<string, HeldShare>;

/** What one client address may do, a second or a minute. As above: one line is all that a new share needs. */
export const RATE_SHARES = {
  /** Ten sessions at their limit. */
  opens: {
    per: "Second",
    rate: 2_000,
    burst: 6_000,
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
  /** 40 pupils with three programs that send 500 a second each; above it they wait. One costs some microseconds, however small it is. */
  packets: {
    per: "Second",
    rate: 60_000,
    burst: 120_000,
    help: "Packets and other frames of WebSockets from one client address",
    sentence: (rate) => `Programs at your network's address send more than ${rate} packets a second. They wait.`,
  },
  /** 40 pupils with 25 sessions each that come back at once, twice; above it they wait. */
  resumes: {
    per: "Minute",
    rate: 3_000,
    burst: 2_000,
    help: "Times that sessions of one client address come back after a cut",
    sentence: (rate) => `Sessions at your network's address come back more than ${rate} times a minute. They wait.`,
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
} as const satisfies Record<string, RateShare>;

/** The name of something held. */
export type HeldName = keyof typeof HELD_SHARES;
/** The name of something done. */
export type RateName = keyof typeof RATE_SHARES;

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
