import type { CaptureEvent } from "./event.ts";
import { ENDPOINT_COST_BYTES, EVENT_COST_BYTES, FIELD_COST_BYTES, SITE_COST_BYTES, VIEW_COST_BYTES } from "./limits.ts";

/** Bytes of memory that an event takes as an object, its piece among them: reckoned, and no less than measured. */
export function eventCost(event: CaptureEvent): number {
  let cost = EVENT_COST_BYTES;
  if ("bytes" in event && event.bytes instanceof Uint8Array) cost += VIEW_COST_BYTES + event.bytes.length;
  if ("site" in event && event.site !== undefined) cost += SITE_COST_BYTES;
  if ("local" in event) cost += 2 * ENDPOINT_COST_BYTES;
  if ("fields" in event && event.fields !== undefined) {
    for (const field of event.fields) cost += FIELD_COST_BYTES + (typeof field.value === "string" ? 2 * field.value.length : 0);
  }
  if ("failure" in event) cost += 2 * event.failure.message.length;
  if (event.type === "printed") cost += 2 * event.text.length;
  if (event.type === "connect") cost += 2 * event.host.length;
  if (event.type === "control" && event.control.kind === "conditions") cost += 2 * event.control.summary.length;
  return cost;
}
