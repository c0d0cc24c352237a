/** The systems that a script can be told of, in the engine's words. */
export type Platform = "windows" | "linux" | "android" | "apple";

/** The system that a browser names in its user agent; `linux` for those that the engine has no word for. */
export function platformOf(userAgent: string): Platform {
  // Android names Linux too, and browsers of iPads say that they are a Mac's.
  if (/\bAndroid\b/.test(userAgent)) return "android";
  if (/\bWindows\b/.test(userAgent)) return "windows";
  return /\b(?:Macintosh|iPhone|iPad|iPod)\b/.test(userAgent) ? "apple" : "linux";
}
