import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PATIENCE_MS } from "../../scripts/patience.ts";
import { bringLegacyProjects } from "../src/library/legacy-projects.ts";
import { archiveName } from "../src/library/export-project.ts";
import { importProject } from "../src/library/import-project.ts";
import { lastProject, Library, projectOfRoom } from "../src/library/library.ts";
import { MemoryStore, type ProjectStore } from "../src/library/project-store.ts";
import { fromShared, newStoredProject, type StoredProject, toShared } from "../src/library/stored-project.ts";
import { UnsavedWork } from "../src/library/unsaved-work.ts";
import type { ProjectFile } from "../src/project/project.ts";
import type { SafeStorage } from "../src/storage/safe-storage.ts";
import { zipProject } from "@playground/share";
import { blockedStorage, memoryStorage } from "./support/memory-storage.ts";

const file = (name: string, source = ""): ProjectFile => ({ name, source, isProgram: true });

/** Kept like a lasting one, without a browser. */
class LastingStore extends MemoryStore implements ProjectStore {
  override readonly isLasting = true as never;
  /** What writing throws, if anything. */
  fault: Error | undefined;
  writes = 0;

  override write(project: StoredProject): Promise<boolean> {
    this.writes++;
    return this.fault === undefined ? super.write(project) : Promise.reject(this.fault);
  }
}

let store: LastingStore;
let tab: SafeStorage;
let lasting: SafeStorage;
let browser: SafeStorage;

beforeEach(() => {
  vi.useFakeTimers();
  store = new LastingStore();
  tab = memoryStorage();
  lasting = memoryStorage();
  browser = memoryStorage();
});
afterEach(() => {
  vi.useRealTimers();
});

function library(stored: StoredProject, options: { readonly store?: ProjectStore; readonly tab?: SafeStorage } = {}): Library {
  return new Library({
    store,
    room: "room",
    stored,
    isUntouched: ({ files }) => files[0]?.source === "starter",
    tab,
    browser,
    unsaved: new UnsavedWork(lasting),
    ...options,
  });
}

const sources = async (): Promise<string[]> => (await store.all()).map(({ files }) => files[0]?.source ?? "").sort();

/** One project, open in two tabs. */
async function twoTabs(): Promise<[Library, Library]> {
  const first = library(newStoredProject({ files: [file("a.luau", "common")] }));
  first.project.edit("a.luau", "common 2");
  await first.save();
  const stored = (await store.read(first.id)) as StoredProject;
  return [first, library(stored, { tab: memoryStorage() })];
}

/** A project as the first version kept it. */
const text = (source: string): string => JSON.stringify({ format: 1, files: [file("a.luau", source)], active: "a.luau" });

describe("saving", () => {
  it("keeps nothing of an example that nobody touched, and everything after", async () => {
    const open = library(newStoredProject({ files: [file("a.luau", "starter"), file("b.luau")] }));
    open.project.open("b.luau");
    await vi.runAllTimersAsync();
    expect(await store.all()).toEqual([]);
    open.project.edit("a.luau", "mine");
    await vi.runAllTimersAsync();
    expect((await store.read(open.id))?.files[0]?.source).toBe("mine");
    expect((await projectOfRoom(store, "room", tab))?.id).toBe(open.id);
    // Back to what it was: it is work by now.
    open.project.edit("a.luau", "starter");
    await vi.runAllTimersAsync();
    expect(await sources()).toEqual(["starter"]);
  });
  it("waits for a pause, but not for long while somebody types on", async () => {
    const open = library(newStoredProject({ files: [file("a.luau")] }));
    for (let index = 0; index < 50; index++) {
      open.project.edit("a.luau", "x".repeat(index + 1));
      await vi.advanceTimersByTimeAsync(100);
    }
    // Five seconds of typing: a save every two.
    expect(store.writes).toBe(2);
    await vi.advanceTimersByTimeAsync(300);
    expect(store.writes).toBe(3);
    expect((await store.read(open.id))?.files[0]?.source).toHaveLength(50);
  });
  it("finishes with the next page what the last one could not", async () => {
    const open = library(newStoredProject({ files: [file("a.luau")] }));
    open.project.edit("a.luau", "saved");
    await open.save();
    open.project.edit("a.luau", "left in the middle");
    store.fault = new Error("the page has gone");
    open.leave();
    await vi.runAllTimersAsync();
    store.fault = undefined;
    await new UnsavedWork(lasting).recover(store);
    expect(await sources()).toEqual(["left in the middle"]);
    expect(lasting.keys()).toEqual([]);
  });
  it("finishes a save, too, that began just before the page went away", async () => {
    const open = library(newStoredProject({ files: [file("a.luau")] }));
    open.project.edit("a.luau", "saved");
    await open.save();
    open.project.edit("a.luau", "on its way");
    store.fault = new Error("the page has gone");
    const saving = open.save();
    // The write has begun.
    await Promise.resolve();
    open.leave();
    await saving;
    store.fault = undefined;
    await new UnsavedWork(lasting).recover(store);
    expect(await sources()).toEqual(["on its way"]);
  });
  it("does not save twice what was saved after all, and overwrites nobody", async () => {
    const open = library(newStoredProject({ files: [file("a.luau")] }));
    open.project.edit("a.luau", "one");
    open.leave();
    const noted = lasting.keys().map((key) => [key, lasting.read(key) ?? ""] as const);
    expect(noted).toHaveLength(1);
    await open.save();
    expect(lasting.keys()).toEqual([]);
    for (const [key, text] of noted) lasting.write(key, text);
    await new UnsavedWork(lasting).recover(store);
    expect(await sources()).toEqual(["one"]);
    // The same note, but somebody has gone on meanwhile.
    open.project.edit("a.luau", "two");
    await open.save();
    for (const [key, text] of noted) lasting.write(key, text);
    await new UnsavedWork(lasting).recover(store);
    expect(await sources()).toEqual(["one", "two"]);
  });
  it("says that there is no room, tries again, and says when it worked", async () => {
    const open = library(newStoredProject({ files: [file("a.luau")] }));
    store.fault = new DOMException("full", "QuotaExceededError");
    open.project.edit("a.luau", "1");
    await vi.runAllTimersAsync();
    expect(open.notice).toMatchObject({ kind: "failed", isFull: true });
    expect(open.isAtRisk).toBe(true);
    // The project must not be left for another one now.
    await expect(open.settle()).rejects.toMatchObject({ name: "QuotaExceededError" });
    store.fault = undefined;
    open.project.edit("a.luau", "2");
    await vi.runAllTimersAsync();
    expect(open.notice).toBeUndefined();
    expect(open.isAtRisk).toBe(false);
    expect(await sources()).toEqual(["2"]);
  });
  it("without storage lives on in the tab and says so", async () => {
    const open = library(newStoredProject({ files: [file("a.luau", "starter")] }), { store: new MemoryStore(), tab: blockedStorage });
    expect([open.notice?.kind, open.isAtRisk]).toEqual(["memory", false]);
    open.project.edit("a.luau", "mine");
    await open.save();
    expect([open.isLasting, open.isAtRisk, (await open.all()).length]).toEqual([false, true, 1]);
  });
});

describe("two tabs of one project", () => {
  it("never overwrite each other: the slower one's work becomes a project of its own", async () => {
    const [first, second] = await twoTabs();
    first.project.edit("a.luau", "from the first");
    second.project.edit("a.luau", "from the second");
    await Promise.all([first.save(), second.save()]);
    expect(await sources()).toEqual(["from the first", "from the second"]);
    expect([first.notice, second.notice?.kind]).toEqual([undefined, "forked"]);
    expect(second.id).not.toBe(first.id);
    // Both go on, each in its own.
    second.project.edit("a.luau", "on");
    await second.save();
    expect(await sources()).toEqual(["from the first", "on"]);
  });
  it("can show what the other has saved", async () => {
    const [first, second] = await twoTabs();
    first.project.edit("a.luau", "newer");
    await first.save();
    await vi.waitFor(() => expect(second.notice?.kind).toBe("newer"), PATIENCE_MS);
    await second.showNewer();
    expect([second.project.file("a.luau")?.source, second.notice]).toEqual(["newer", undefined]);
    second.project.edit("a.luau", "newest");
    await second.save();
    expect([await sources(), second.id === first.id]).toEqual([["newest"], true]);
  });
});

describe("projects", () => {
  it("are listed, renamed, added, removed and switched", async () => {
    const open = library(newStoredProject({ files: [file("a.luau", "starter")] }));
    expect((await open.all()).map(({ id }) => id)).toEqual([open.id]);
    await open.rename(open.id, "First");
    const other = await open.add(newStoredProject({ files: [file("b.luau", "other")], title: "Other" }));
    await open.rename(other.id, "Second");
    expect((await open.all()).map(({ title }) => title).sort()).toEqual(["First", "Second"]);
    const first = open.id;
    open.project.edit("a.luau", "changed just now");
    await open.settle();
    open.switchTo((await open.read(other.id)) as StoredProject);
    expect([open.title, open.project.active, open.project.generation]).toEqual(["Second", "b.luau", 1]);
    expect((await open.read(first))?.files[0]?.source).toBe("changed just now");
    await open.remove(first);
    expect((await open.all()).map(({ title }) => title)).toEqual(["Second"]);
  });
  it("that are new are kept for a reload, and go when they are left as they came", async () => {
    const open = library(newStoredProject({ files: [file("a.luau", "starter")] }));
    const example = newStoredProject({ title: "Echo", files: [file("e.luau", "1"), file("f.luau", "2")] });
    open.switchTo(example);
    open.project.open("f.luau");
    await open.settle();
    expect((await projectOfRoom(store, "room", tab))?.title).toBe("Echo");
    open.switchTo(newStoredProject({ title: "Chat", files: [file("c.luau", "3")] }));
    open.project.edit("c.luau", "changed");
    await open.settle();
    open.switchTo(newStoredProject({ title: "Files", files: [file("d.luau", "4")] }));
    await open.rename(open.id, "Mine");
    open.switchTo(newStoredProject({ title: "Last", files: [file("l.luau", "5")] }));
    expect((await open.all()).map(({ title }) => title).sort()).toEqual(["Chat", "Last", "Mine"]);
  });
  it("of a room: the tab's own, else the newest there", async () => {
    await store.write({ ...newStoredProject({ files: [file("a.luau", "old")], room: "room" }), changedAt: 1, revision: 1 });
    await store.write({ ...newStoredProject({ files: [file("a.luau", "new")], room: "room" }), changedAt: 2, revision: 1 });
    await store.write({ ...newStoredProject({ files: [file("a.luau", "elsewhere")], room: "other" }), changedAt: 3, revision: 1 });
    expect((await projectOfRoom(store, "room", tab))?.files[0]?.source).toBe("new");
    const old = (await store.all()).at(-1) as StoredProject;
    library(old);
    expect((await projectOfRoom(store, "room", tab))?.files[0]?.source).toBe("old");
    expect(await projectOfRoom(store, "third", tab)).toBeUndefined();
  });
  it("go on anywhere with the one that was opened last, else with the one that was changed last", async () => {
    expect(await lastProject(store, browser)).toBeUndefined();
    const [old, newer] = [1, 2].map((changedAt) => ({
      ...newStoredProject({ files: [file("a.luau", String(changedAt))], room: "other" }),
      changedAt,
      revision: 1,
    }));
    await store.write(old as StoredProject);
    await store.write(newer as StoredProject);
    expect((await lastProject(store, browser))?.id).toBe(newer?.id);
    expect((await lastProject(store, blockedStorage))?.id).toBe(newer?.id);
    library(old as StoredProject);
    expect((await lastProject(store, browser))?.id).toBe(old?.id);
    // A starter that nobody has touched is none, until it is kept.
    const starter = library(newStoredProject({ files: [file("a.luau", "starter")] }));
    expect((await lastProject(store, browser))?.id).toBe(old?.id);
    starter.project.edit("a.luau", "mine");
    await starter.save();
    expect((await lastProject(store, browser))?.id).toBe(starter.id);
    await store.remove(starter.id);
    expect((await lastProject(store, browser))?.id).toBe(newer?.id);
  });
  it("travel as links and archives, and come back", async () => {
    vi.useRealTimers();
    const stored = newStoredProject({
      title: "Чат",
      files: [file("a.luau", "x"), { ...file("b.luau"), isProgram: false }],
      active: "b.luau",
      settings: { check: "strict" },
      room: "secret",
    });
    const { id: _, ...content } = fromShared(toShared(stored), "mine");
    expect(content).toMatchObject({ title: "Чат", files: stored.files, active: "b.luau", settings: { check: "strict" }, room: "mine", revision: 0 });
    expect(JSON.stringify(toShared(stored))).not.toContain("secret");
    expect(toShared(stored, { room: "secret" }).room).toBe("secret");
    const archive = new File([zipProject({ files: stored.files }) as Uint8Array<ArrayBuffer>], "моё.zip");
    expect((await importProject(archive, "mine")).stored).toMatchObject({ title: "моё", files: stored.files });
    await expect(importProject(new File([new Uint8Array(5 * 1024 * 1024)], "film.zip"), "mine")).rejects.toMatchObject({ code: "too-large" });
    expect([archiveName("Чат: v1/2"), archiveName(""), archiveName("..")]).toEqual(["Чат v1 2.zip", "zone-project.zip", "zone-project.zip"]);
  });
});

describe("projects of the first version", () => {
  it("are brought over once, for their rooms; a tab's own copy too where it differs", async () => {
    lasting.write("zone-playground:project:one", text("one"));
    lasting.write("zone-playground:project:two", text("two"));
    lasting.write("zone-playground:locale", "ru");
    tab.write("zone-playground:project:one", text("one"));
    tab.write("zone-playground:project:two", text("two, newer in this tab"));
    await bringLegacyProjects(store, [lasting, tab]);
    await bringLegacyProjects(store, [lasting, tab]);
    expect(await sources()).toEqual(["one", "two", "two, newer in this tab"]);
    expect((await projectOfRoom(store, "one", tab))?.files[0]?.source).toBe("one");
    expect(lasting.keys()).toEqual(["zone-playground:locale"]);
  });
  it.each([
    "",
    "{",
    "null",
    "[]",
    '{"format":2,"files":[]}',
    '{"format":1}',
    '{"format":1,"files":[]}',
    '{"format":1,"files":[{"name":"a"}]}',
    '{"format":1,"files":[{"name":"a","source":"","isProgram":true},{"name":"a","source":"","isProgram":true}]}',
  ])("take nothing from %j", async (broken) => {
    lasting.write("zone-playground:project:r", broken);
    await bringLegacyProjects(store, [lasting]);
    expect(await store.all()).toEqual([]);
  });
});
