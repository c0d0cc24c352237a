import { describe, expect, it } from "vitest";
import { FirstVisit } from "../src/app/first-visit.ts";
import { MemoryStore } from "../src/library/project-store.ts";
import { newStoredProject } from "../src/library/stored-project.ts";
import { blockedStorage, memoryStorage } from "./support/memory-storage.ts";

describe("the first visit", () => {
  it("is one where the browser keeps no project and nobody was welcomed", async () => {
    expect((await FirstVisit.begin({ store: new MemoryStore(), isByLink: false, storage: memoryStorage() })).isOn).toBe(true);
  });
  it("is none where a project is kept", async () => {
    const store = new MemoryStore();
    await store.write({ ...newStoredProject({ files: [{ name: "a.luau", source: "", isProgram: true }], room: "r" }), revision: 1 });
    expect((await FirstVisit.begin({ store, isByLink: false, storage: memoryStorage() })).isOn).toBe(false);
  });
  it("ends once, tells so, and is kept in the browser", async () => {
    const storage = memoryStorage();
    const visit = await FirstVisit.begin({ store: new MemoryStore(), isByLink: false, storage });
    let told = 0;
    visit.subscribe(() => told++);
    visit.end();
    visit.end();
    expect([visit.isOn, told]).toEqual([false, 1]);
    expect((await FirstVisit.begin({ store: new MemoryStore(), isByLink: false, storage })).isOn).toBe(false);
  });
  it("is not made of a visit by a link, and who runs something then is not welcomed later", async () => {
    const storage = memoryStorage();
    const visit = await FirstVisit.begin({ store: new MemoryStore(), isByLink: true, storage });
    expect(visit.isOn).toBe(false);
    expect((await FirstVisit.begin({ store: new MemoryStore(), isByLink: false, storage })).isOn).toBe(true);
    visit.end();
    expect((await FirstVisit.begin({ store: new MemoryStore(), isByLink: false, storage })).isOn).toBe(false);
  });
  it("comes again, and does no harm, where the browser keeps nothing", async () => {
    const store = Object.assign(new MemoryStore(), { all: () => Promise.reject(new DOMException("blocked", "SecurityError")) });
    const visit = await FirstVisit.begin({ store, isByLink: false, storage: blockedStorage });
    expect(visit.isOn).toBe(true);
    visit.end();
    expect(visit.isOn).toBe(false);
  });
});
