import type { CaptureEvent } from "./event.ts";
import { EVENT_COST_BYTES, FIELD_COST_BYTES } from "./limits.ts";

/** Bytes that an event is reckoned at, its piece among them. Not measured: near enough to keep a page within its limit. */
export function eventCost(event: CaptureEvent): number {
  let cost = EVENT_COST_BYTES;
  if ("bytes" in event && event.bytes instanceof Uint8Array) cost += event.bytes.length;
  if ("fields" in event && event.fields !== undefined) {
    for (const field of event.fields) cost += FIELD_COST_BYTES + (typeof field.value === "string" ? 2 * field.value.length : 0);
  }
  if ("failure" in event) cost += 2 * event.failure.message.length;
  if (event.type === "printed") cost += 2 * event.text.length;
  if (event.type === "connect") cost += 2 * event.host.length;
  if (event.type === "control" && event.control.kind === "conditions") cost += 2 * event.control.summary.length;
  return cost;
}
