import { msg, str } from "@lit/localize";
import type { Gauge } from "@playground/capture";
import { bytesText } from "./size-text.ts";

/** Of a send buffer's limit: from here on it counts as full, since the next send will find no room. */
const FULL = 0.95;

/** What the buffers of a connection say about its two sides. */
export type Pressure = "none" | "sending" | "send-full" | "waiting" | "window-closed";

export function pressureOf({ sendBuffer, sendBufferLimit, window, waiting }: Gauge): Pressure {
  if (sendBufferLimit > 0 && sendBuffer >= sendBufferLimit * FULL) return "send-full";
  if (waiting > 0 && window === 0) return "window-closed";
  if (sendBuffer > 0) return "sending";
  return waiting > 0 ? "waiting" : "none";
}

/** The same as a sentence that says who keeps whom waiting. */
export function pressureText(gauge: Gauge): string {
  switch (pressureOf(gauge)) {
    case "send-full":
      return msg("The other side does not read, or reads slowly: the send buffer is full, and send takes no more.", { id: "pressure-send-full" });
    case "window-closed":
      return msg(
        "This program does not take what arrived: the window is closed, and the other side has to wait. Call zone.socket.update() and set an onReceive.",
        {
          id: "pressure-window-closed",
        },
      );
    case "sending": {
      const waiting = bytesText(gauge.sendBuffer);
      return msg(str`Waiting to be sent: ${waiting}.`, { id: "pressure-sending" });
    }
    case "waiting": {
      const waiting = bytesText(gauge.waiting);
      return msg(str`Arrived and waiting for zone.socket.update(): ${waiting}.`, { id: "pressure-waiting" });
    }
    case "none":
      return msg("Nothing waits: both sides keep up with each other.", { id: "pressure-none" });
  }
}

/** One figure over time as a line of steps, `M0 40H12V3…`: each value holds until the next. */
export function stepPath(
  points: readonly { readonly at: number; readonly value: number }[],
  view: { readonly from: number; readonly to: number; readonly most: number; readonly width: number; readonly height: number },
): string {
  const { from, to, most, width, height } = view;
  const x = (at: number): number => round(to <= from ? width : ((Math.min(Math.max(at, from), to) - from) / (to - from)) * width);
  const y = (value: number): number => round(height - (most <= 0 ? 0 : Math.min(value / most, 1) * height));
  const steps = points.map(({ at, value }, index) => (index === 0 ? `M${x(at)} ${y(value)}` : `H${x(at)}V${y(value)}`));
  return points.length === 0 ? "" : `${steps.join("")}H${width}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
