import { onTestFinished } from "vitest";
import { PATIENCE_MS } from "../../../scripts/patience.ts";
import { type Bridge, type BridgeOptions, parseAllowRule, startBridge, type AllowRule } from "../../src/index.ts";

/** Time for clients that do not answer to a bridge being stopped, ms: a test has seen what it wanted. */
const CLOSE_MS = 200;

/** Most tests need no page. */
const NO_PAGE = "/nonexistent";

/** Rules from their text. */
export function rules(...texts: string[]): AllowRule[] {
  return texts.map((text) => {
    const rule = parseAllowRule(text);
    if (typeof rule === "string") throw new Error(rule);
    return rule;
  });
}

/** What `Bridge.snapshot` gives of a bridge that holds nothing. */
export const NOTHING_HELD = {
  detached: 0,
  handshakes: 0,
  machines: 0,
  resendBytes: 0,
  rooms: 0,
  sessions: 0,
  streams: 0,
  listeners: 0,
  sockets: 0,
  bufferedBytes: 0,
};

/** A bridge on a free port of loopback, closed when the test ends. */
export async function runBridge(options: Partial<BridgeOptions> = {}): Promise<Bridge> {
  const bridge = await startBridge({ host: "127.0.0.1", port: 0, network: "lan", allow: [], page: NO_PAGE, publicHosts: [], ...options });
  onTestFinished(async () => {
    await bridge.close(CLOSE_MS);
  });
  return bridge;
}

/** Waits until the condition holds. @throws when it does not within the time */
export async function until(condition: () => boolean, what: string, timeoutMs = PATIENCE_MS): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Waits until the bridge holds nothing any more. */
export async function untilEmpty(bridge: Bridge, timeoutMs = PATIENCE_MS): Promise<void> {
  const isEmpty = (): boolean => {
    const { sessions, streams, listeners, sockets, bufferedBytes } = bridge.snapshot();
    return sessions + streams + listeners + sockets + bufferedBytes === 0;
  };
  await until(isEmpty, `an empty bridge`, timeoutMs).catch((error: unknown) => {
    throw new Error(`${String(error)}; left: ${JSON.stringify(bridge.snapshot())}`);
  });
}
