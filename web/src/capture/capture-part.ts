export { Capture, CaptureError, captureOf, encodeEvents } from "@playground/capture";
export { captureOfText } from "./capture-of-text.ts";
