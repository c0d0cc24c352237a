/** What can be wrong with a stored capture. The codes are stable. */
export const CAPTURE_ERROR_CODES = [
  /** The bytes do not begin as a capture does. */
  "not-a-capture",
  /** The version is one that this code does not know: a newer playground made it. */
  "unknown-version",
  /** The end of the bytes is missing. */
  "cut",
  /** More than the limits allow. */
  "too-large",
  /** A value is none that can be: `path` names it. */
  "invalid",
  /** The file is no pcapng. */
  "not-pcapng",
  /** The file's packets are of a kind of link that is not known here. */
  "unknown-link-type",
  /** The file has no packets of TCP. */
  "no-tcp",
] as const;

export type CaptureErrorCode = (typeof CAPTURE_ERROR_CODES)[number];

/** The only error that this package throws. The message names the value at fault. */
export class CaptureError extends Error {
  override readonly name = "CaptureError";
  readonly code: CaptureErrorCode;
  /** Where it was, such as `runs[0].events[2].remote.port`. */
  readonly path: string | undefined;

  constructor(code: CaptureErrorCode, message: string, path?: string) {
    super(message);
    this.code = code;
    this.path = path;
  }
}
