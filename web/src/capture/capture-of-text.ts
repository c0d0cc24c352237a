import { type Capture, CaptureError, captureOf, decodeEvents } from "@playground/capture";
import { captureBytes, ShareError } from "@playground/share";

/** The capture that a shared project holds as a text. @throws {CaptureError} where it is none */
export function captureOfText(text: string): Capture {
  let bytes: Uint8Array;
  try {
    bytes = captureBytes(text);
  } catch (error) {
    if (!(error instanceof ShareError)) throw error;
    throw new CaptureError(error.code === "too-large" || error.code === "cut" ? error.code : "not-a-capture", error.message);
  }
  return captureOf(decodeEvents(bytes));
}
