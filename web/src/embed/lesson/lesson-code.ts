import type { ProjectFile } from "../../project/project.ts";
import { persistent, type SafeStorage } from "../../storage/safe-storage.ts";

/** Before a lesson's id: its code as the reader has it, beside the progress (`lessons/lesson-progress.ts`). */
const STORAGE_KEY = "zone-playground:lesson-code:";
/** Written and taken away again to find out whether anything is kept. */
const PROBE_KEY = "zone-playground:probe";

/** Characters of a lesson's code that are kept, as JSON: many times what a lesson needs, and a small part of the store, which is the site's. */
const MAX_CHARS = 256 * 1024;

/** A lesson's files as the reader left them. */
export interface KeptCode {
  /** At least one. */
  readonly files: readonly ProjectFile[];
  /** Name of the file in the editor. */
  readonly active: string;
}

/** What the browser keeps of a reader's code, lesson by lesson, for the site whose page it is. Where it keeps nothing, it serves for as long as the page is open. */
export class LessonCode {
  readonly #storage: SafeStorage;
  readonly #here = new Map<string, string>();

  constructor(storage: SafeStorage = persistent) {
    this.#storage = storage;
  }

  /** Whether what is kept outlives the page, as far as can be known before. */
  get isLasting(): boolean {
    const isKept = this.#storage.write(PROBE_KEY, "1");
    if (isKept) this.#storage.remove(PROBE_KEY);
    return isKept;
  }

  of(lesson: string): KeptCode | undefined {
    return keptCodeOf(this.#here.get(lesson) ?? this.#storage.read(STORAGE_KEY + lesson));
  }

  /** Keeps a lesson's code. False where it does not outlive the page. */
  keep(lesson: string, { files, active }: KeptCode): boolean {
    const text = JSON.stringify({ files, active });
    if (text.length <= MAX_CHARS && this.#storage.write(STORAGE_KEY + lesson, text)) {
      this.#here.delete(lesson);
      return true;
    }
    this.#here.set(lesson, text);
    return false;
  }
}

/** What was kept, if it can be read: other versions of the script may have written it. */
function keptCodeOf(text: string | undefined): KeptCode | undefined {
  try {
    const kept: unknown = JSON.parse(text ?? "null");
    if (typeof kept !== "object" || kept === null || !("files" in kept) || !Array.isArray(kept.files)) return undefined;
    const files = kept.files.filter(isFile);
    if (files.length === 0 || files.length < kept.files.length) return undefined;
    const active = "active" in kept && typeof kept.active === "string" ? kept.active : "";
    return { files: files.map(({ name, source, isProgram }) => ({ name, source, isProgram })), active };
  } catch {
    return undefined;
  }
}

function isFile(value: unknown): value is ProjectFile {
  if (typeof value !== "object" || value === null) return false;
  const { name, source, isProgram } = value as Record<string, unknown>;
  return typeof name === "string" && typeof source === "string" && typeof isProgram === "boolean";
}
