/** Milliseconds to wait for an answer: what has not come by then is no help to a reader who waits. */
const LIMIT_MS = 4_000;

/**
 * Whether the bridge at an origin answers over HTTP. Where it does while its WebSockets fail, something on the way lets no
 * WebSocket through: a proxy that knows no upgrade, a filter, an antivirus program.
 */
export async function answersHttp(origin: string): Promise<boolean> {
  try {
    const response = await fetch(`${origin}/api/embedding`, { cache: "no-store", signal: AbortSignal.timeout(LIMIT_MS) });
    const answer: unknown = await response.json();
    // A proxy has a page of its own for a bridge that is away.
    return typeof answer === "object" && answer !== null && "allowed" in answer && answer.allowed === true;
  } catch {
    return false;
  }
}
