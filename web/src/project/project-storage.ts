import { persistent, type SafeStorage, tabStorage } from "../storage/safe-storage.ts";
import type { ProjectFile } from "./project.ts";

const FORMAT = 1;

export interface SavedProject {
  readonly files: readonly ProjectFile[];
  readonly active: string;
}

/**
 * Where a room's project is kept. The tab's own store comes first, so that two tabs of one room do not
 * overwrite each other; the lasting one serves a tab that was closed and opened again.
 */
export class ProjectStorage {
  readonly #key: string;
  readonly #stores: readonly SafeStorage[];

  constructor(room: string, stores: readonly SafeStorage[] = [tabStorage, persistent]) {
    this.#key = `zone-playground:project:${room}`;
    this.#stores = stores;
  }

  /** What was saved last; undefined when there is nothing, or nothing that can be read. */
  load(): SavedProject | undefined {
    for (const store of this.#stores) {
      const saved = parse(store.read(this.#key));
      if (saved !== undefined) return saved;
    }
    return undefined;
  }

  save(project: SavedProject): void {
    const text = JSON.stringify({ format: FORMAT, files: project.files, active: project.active });
    for (const store of this.#stores) store.write(this.#key, text);
  }

  forget(): void {
    for (const store of this.#stores) store.remove(this.#key);
  }
}

function parse(text: string | undefined): SavedProject | undefined {
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || value["format"] !== FORMAT || !Array.isArray(value["files"])) return undefined;
  const files = value["files"].filter(isFile);
  const names = new Set(files.map((file) => file.name));
  if (files.length === 0 || files.length !== value["files"].length || names.size !== files.length) return undefined;
  return { files, active: typeof value["active"] === "string" ? value["active"] : "" };
}

function isFile(value: unknown): value is ProjectFile {
  return isRecord(value) && typeof value["name"] === "string" && typeof value["source"] === "string" && typeof value["isProgram"] === "boolean";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
