import type { SharedProject, SharedSettings } from "@playground/share";
import type { ProjectFile } from "../project/project.ts";

/** A project as the browser keeps it. */
export interface StoredProject {
  readonly id: string;
  /** Empty until the reader names it. */
  readonly title: string;
  readonly files: readonly ProjectFile[];
  /** Name of the file in the editor. */
  readonly active: string;
  readonly settings: SharedSettings;
  /** The room in which it was last worked on. */
  readonly room: string;
  /** What its programs did on the network when it was shared, as the share format has it; until they run again. */
  readonly capture?: string;
  /** Time of the last change, milliseconds by `Date.now()`. */
  readonly changedAt: number;
  /** Counts the times it was saved: who saves says which one the work began with, so that two tabs notice each other. */
  readonly revision: number;
  /** Tells this save from any other. */
  readonly saveId: string;
}

/** A project that was never saved. */
export function newStoredProject(content: Pick<StoredProject, "files"> & Partial<StoredProject>): StoredProject {
  return {
    title: "",
    active: content.files[0]?.name ?? "",
    settings: {},
    room: "",
    ...content,
    id: randomId(),
    changedAt: Date.now(),
    revision: 0,
    saveId: randomId(),
  };
}

/** 128 random bits. `crypto.randomUUID` is not there when the page comes by plain HTTP from another machine. */
export function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What leaves the browser with a project; the room and a capture only where the reader wants that. */
export function toShared(
  { title, files, active, settings }: StoredProject,
  { room, capture }: { readonly room?: string | undefined; readonly capture?: string | undefined } = {},
): SharedProject {
  return {
    ...(title !== "" && { title }),
    files,
    open: active,
    settings,
    ...(room !== undefined && { room }),
    ...(capture !== undefined && { capture }),
  };
}

/** A project of the reader's own from one that was shared. */
export function fromShared({ title, files, open, settings, capture }: SharedProject, room: string): StoredProject {
  return newStoredProject({
    title: title ?? "",
    files,
    ...(open !== undefined && { active: open }),
    settings: settings ?? {},
    room,
    ...(capture !== undefined && { capture }),
  });
}
