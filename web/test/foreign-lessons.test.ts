import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { foreignAddress, isForeign, isOfThisComputer, lessonIn, originOf } from "../src/lessons/foreign/foreign-address.ts";
import { lessonLink, lessonOfHash } from "../src/lessons/lesson-address.ts";
import { LessonProgress } from "../src/lessons/lesson-progress.ts";
import { projectIdOf } from "../src/lessons/lesson-project.ts";
import { FetchError, fetchLesson } from "../src/lessons/worker/fetch-lesson.ts";
import { safeStorage } from "../src/storage/safe-storage.ts";

const HTTP = { protocol: "http:" };
const HTTPS = { protocol: "https:" };

describe("the address of a lesson from elsewhere", () => {
  it.each([
    ["https://example.com/a b.lesson.json#x", "https://example.com/a%20b.lesson.json"],
    ["HTTP://Example.com:80/x", "http://example.com/x"],
    ["https://пример.рф/x", "https://xn--e1afmkfd.xn--p1ai/x"],
  ])("%s is asked for as %s", (lesson, address) => {
    expect(foreignAddress(lesson, HTTP)).toEqual({ address });
  });
  it.each([
    ["javascript:alert(1)", "scheme"],
    ["data:application/json,{}", "scheme"],
    ["blob:http://127.0.0.1/x", "scheme"],
    ["file:///etc/passwd", "scheme"],
    ["https://bank.example@evil.example/", "name"],
    ["https://", "no-address"],
    [`https://example.com/${"x".repeat(300)}`, "too-long"],
  ])("%s is none", (lesson, fault) => {
    expect(isForeign(lesson)).toBe(true);
    expect(foreignAddress(lesson, HTTP)).toEqual({ fault });
  });
  it("is refused over http where the page has https, save on this computer", () => {
    expect(foreignAddress("http://example.com/x", HTTPS)).toEqual({ fault: "mixed" });
    expect(foreignAddress("http://localhost:80/x", HTTPS)).toEqual({ address: "http://localhost/x" });
    expect(foreignAddress("https://example.com/x", HTTPS)).toEqual({ address: "https://example.com/x" });
  });
  it("is told from the page's own lessons, and its work is kept under it", () => {
    expect(isForeign("programs-that-talk/bytes")).toBe(false);
    expect(projectIdOf("https://example.com/programs-that-talk/bytes")).not.toBe(projectIdOf("programs-that-talk/bytes"));
    expect([isOfThisComputer("http://127.0.0.1:7073/x"), isOfThisComputer("http://127.0.0.1.evil.example/x")]).toEqual([true, false]);
    expect(originOf("https://example.com:8443/x?y")).toBe("https://example.com:8443");
  });
  it("leads to the lessons beside it", () => {
    const course = { id: "course" };
    expect(lessonIn({ id: "https://example.com/c/a.lesson.json?v=1", course }, "b")).toBe("https://example.com/c/b.lesson.json");
    expect(lessonIn({ id: "course/a", course }, "b")).toBe("course/b");
  });
  it.each(["https://example.com/x.lesson.json", "https://example.com/a%20b+c.json?x=1&y=2", "http://[::1]:80/x"])("%s stands in a link as it is", (lesson) => {
    const place = { lesson, step: "one" };
    expect(lessonOfHash(new URL(lessonLink(place, { origin: "http://here" })).hash)).toEqual(place);
  });
});

describe("progress", () => {
  it("of a step that is called like what every object has is none before it is passed", () => {
    const progress = new LessonProgress(safeStorage(() => undefined));
    expect(progress.of("https://example.com/x").passed["constructor"]).toBeUndefined();
    progress.pass("https://example.com/x", ["constructor"], 1);
    expect(progress.of("https://example.com/x").passed["constructor"]).toBe(1);
  });
});

/** Why what lies at an address cannot be had. */
const faultOf = async (address: string): Promise<unknown> => {
  try {
    return await fetchLesson(fetch, address, () => {});
  } catch (error) {
    return error instanceof FetchError ? error.fault : error;
  }
};

describe("fetching a lesson", () => {
  let server: Server | undefined;
  afterEach(async () => {
    server?.closeAllConnections();
    await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
    server = undefined;
  });
  async function host(listener: RequestListener): Promise<string> {
    server = createServer(listener);
    await new Promise<void>((resolve) => void server?.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }
  it("gives its text, and says how much has come", async () => {
    const seen: (number | undefined)[][] = [];
    const address = await host((_, response) => void response.writeHead(200, { "content-length": 6 }).end("абв"));
    expect(await fetchLesson(fetch, address, (bytes, total) => seen.push([bytes, total]))).toBe("абв");
    expect(seen.at(-1)).toEqual([6, 6]);
  });
  it.each<[string, RequestListener, unknown]>([
    ["nothing", (_, response) => void response.writeHead(404).end(), { kind: "not-found" }],
    ["an error", (_, response) => void response.writeHead(500).end(), { kind: "status", status: 500 }],
    ["a length that is too large", (_, response) => void response.writeHead(200, { "content-length": 1e9 }).write("x"), { kind: "too-large" }],
    ["no UTF-8", (_, response) => void response.end(Uint8Array.of(0xff)), { kind: "not-a-lesson", detail: "it is not text in UTF-8" }],
  ])("of a host that answers with %s is told as that", async (_, listener, fault) => {
    const address = await host(listener);
    expect(await faultOf(address)).toEqual(fault);
  });
  it("ends a body without end at its limit", async () => {
    const address = await host((_, response) => {
      const pour = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(1_000_000))) {}
      };
      response.on("drain", pour);
      pour();
    });
    expect(await faultOf(address)).toEqual({ kind: "too-large" });
  });
});
