import type { Library } from "../library/library.ts";

/** What sharing needs of the page that it is in. */
export interface SharePage {
  readonly library: Library;
  /** The room's name. */
  readonly room: string;
}
