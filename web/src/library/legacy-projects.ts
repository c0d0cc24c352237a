import { persistent, type SafeStorage, tabStorage } from "../storage/safe-storage.ts";
import type { ProjectFile } from "../project/project.ts";
import type { ProjectStore } from "./project-store.ts";
import { newStoredProject } from "./stored-project.ts";

/** Until version 0.1 a room's project was kept under this key and its name, in the tab's storage and in the lasting one. */
const PREFIX = "zone-playground:project:";

/** Brings projects of the first version over. Where the tab's copy differs from the lasting one, both are kept, the tab's as the newer. */
export async function bringLegacyProjects(store: ProjectStore, storages: readonly SafeStorage[] = [persistent, tabStorage]): Promise<void> {
  const brought = new Map<string, string>();
  for (const storage of storages) {
    for (const key of storage.keys().filter((each) => each.startsWith(PREFIX))) {
      const text = storage.read(key);
      const content = parse(text);
      if (content !== undefined && text !== undefined && brought.get(key) !== text) {
        brought.set(key, text);
        await store.write({ ...newStoredProject({ ...content, room: key.slice(PREFIX.length), title: "" }), revision: 1 });
      }
      storage.remove(key);
    }
  }
}

function parse(text: string | undefined): { files: ProjectFile[]; active: string } | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
  if (!isRecord(value) || value["format"] !== 1 || !Array.isArray(value["files"])) return undefined;
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
