import { msg } from "@lit/localize";
import type { Library } from "./library.ts";

/** What is said to whoever saves by hand: people press the keys out of habit, and shall see that there is nothing to fear. */
export function savedText(library: Library): string {
  return library.isAtRisk
    ? msg("The project could not be saved. Export it as a file so that you do not lose it.", { id: "project-not-saved" })
    : msg("Saved in this browser. The page saves changes by itself; to get a file, export the project.", { id: "project-saved" });
}
