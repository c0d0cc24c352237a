import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectBytes } from "@playground/share";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type LogEntry, startBridge } from "../src/index.ts";
import { fuzzParameters, fuzzTimeoutMs } from "./support/fuzz-runs.ts";

/** Stands in a file outside of the store. */
const HIDDEN = "nobody may read this";

/** What a fuzzer does to the files of a store. */
interface Damage {
  readonly folder: "scripts" | "script-records";
  /** A script that was stored, by its place, or a name. */
  readonly name: number | string;
  readonly how:
    | { readonly kind: "text"; readonly text: string }
    | { readonly kind: "cut" | "double"; readonly share: number }
    | { readonly kind: "swap" | "directory" | "link" | "remove" };
}

const noise = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString("latin1"));
const text = fc.oneof(
  fc.constantFrom(
    "",
    "null",
    "[]",
    "{}",
    "1e400",
    '"x"',
    '{"version":1,"project":',
    '{"version":1,"project":{}}',
    '{"version":1e400,"project":{}}',
    '{"version":99999999999999999999,"project":{}}',
    '{"__proto__":{"polluted":1}}',
    '{"constructor":{"prototype":{"polluted":1}}}',
    '{"version":1,"project":{"__proto__":{"polluted":1},"files":[]}}',
    "[".repeat(50_000),
    `{"version":1,"project":{"title":"${"x".repeat(5_000)}"}}`,
    "\uFEFF{}",
    HIDDEN,
  ),
  fc.constantFrom(
    '{"bytes":-1,"day":0,"owner":""}',
    '{"bytes":1e308,"day":1e308,"owner":"x"}',
    '{"bytes":9007199254740991,"day":9007199254740991,"owner":"x"}',
    '{"bytes":"9","day":{},"owner":[]}',
    '{"bytes":1,"day":0,"owner":"__proto__"}',
    '{"__proto__":{"bytes":1,"day":1,"owner":""}}',
    '{"hex":"zz"}',
    '{"hex":{}}',
  ),
  noise,
);
const name = fc.oneof(
  { weight: 6, arbitrary: fc.nat(3) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      "0123456789AB",
      "__proto__",
      "constructor",
      "secret",
      "secret.json",
      "a.tmp",
      "..x",
      "0123456789AB.json",
      "0123456789AB:x",
      " ",
      "-",
      "\u202e",
      "x".repeat(200),
      "0".repeat(42),
    ),
  },
);
const damage: fc.Arbitrary<Damage> = fc.record({
  folder: fc.constantFrom("scripts" as const, "scripts" as const, "script-records" as const),
  name,
  how: fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant("text" as const), text }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom("cut" as const, "double" as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("swap" as const, "remove" as const, "link" as const, "directory" as const) }) },
  ),
});

async function apply(directory: string, ids: readonly string[], { folder, name, how }: Damage): Promise<void> {
  const inFolder = join(directory, folder);
  await mkdir(inFolder, { recursive: true });
  const path = join(inFolder, typeof name === "number" ? (ids[name % ids.length] ?? "none") : name);
  const before = await readFile(path).catch(() => Buffer.alloc(0));
  await rm(path, { recursive: true, force: true });
  switch (how.kind) {
    case "text":
      return writeFile(path, how.text);
    case "cut":
      return writeFile(path, before.subarray(0, Math.floor(before.length * how.share)));
    case "double":
      return writeFile(path, Buffer.concat([before, before.subarray(Math.floor(before.length * how.share))]));
    case "swap": {
      const other = (await readdir(inFolder)).find((each) => ids.includes(each));
      return writeFile(path, other === undefined ? "" : await readFile(join(inFolder, other)));
    }
    case "directory":
      await mkdir(join(path, "0123456789AB"), { recursive: true });
      return;
    case "link":
      return symlink(join(directory, "outside.json"), path);
    case "remove":
  }
}

test(
  "no file of the store makes the bridge fail: a script is what was stored under its id or it is not there, and it can be stored anew",
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 6 }), async (damages) => {
        const directory = await mkdtemp(join(tmpdir(), "bridge-store-fuzz-"));
        const entries: LogEntry[] = [];
        const start = async (): ReturnType<typeof startBridge> =>
          startBridge({
            host: "127.0.0.1",
            port: 0,
            network: "host",
            allow: [],
            page: "/nonexistent",
            publicHosts: [],
            scripts: { kind: "files", directory },
            log: (entry) => entries.push(entry),
          });
        let bridge = await start();
        try {
          await writeFile(join(directory, "outside.json"), JSON.stringify({ version: 1, project: { title: HIDDEN, files: [] } }));
          const projects = Array.from(
            { length: 4 },
            (_, index) =>
              `{"version":1,"project":${Buffer.from(projectBytes({ title: `number ${index}`, files: [{ name: "a.luau", source: `print(${index})`, isProgram: true }] })).toString()}}`,
          );
          const post = async (project: string): Promise<Response> =>
            fetch(`${bridge.url}api/scripts`, { method: "POST", headers: { "content-type": "application/json" }, body: project });
          const ids: string[] = [];
          for (const project of projects) ids.push(((await (await post(project)).json()) as { id: string }).id);
          // Half of them hit a store that has read everything, half one that starts on it.
          const [early, late] = [damages.slice(0, damages.length / 2), damages.slice(damages.length / 2)];
          for (const each of early) await apply(directory, ids, each);
          await bridge.close(0);
          bridge = await start();
          await fetch(`${bridge.url}api/scripts/${ids[0]}`);
          for (const each of late) await apply(directory, ids, each);

          for (const [index, id] of [...ids, "0123456789AB", "__proto__", "constructor", "secret", "..%2foutside.json", "0".repeat(42)].entries()) {
            const response = await fetch(`${bridge.url}api/scripts/${id}`);
            const answer = await response.text();
            expect(answer, id).not.toContain(HIDDEN);
            expect([200, 404, 400], `${id}: ${answer}`).toContain(response.status);
            if (response.status === 200) expect(answer.trim()).toBe(projects[index]);
          }
          for (const [index, project] of projects.entries()) {
            // Where a directory stands in its place nothing can be written, and that is said; the others go on.
            const isBlocked = damages.some(({ name, how }) => how.kind === "directory" && typeof name === "number" && name % ids.length === index);
            const response = await post(project);
            if (isBlocked && response.status === 503) continue;
            const answer = await response.text();
            expect([200, 201], answer).toContain(response.status);
            expect(JSON.parse(answer)).toMatchObject({ id: ids[index] });
            expect((await (await fetch(`${bridge.url}api/scripts/${ids[index]}`)).text()).trim()).toBe(project);
          }
          expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
          if (!damages.some(({ how }) => how.kind === "directory")) expect(entries.filter(({ level }) => level === "error")).toEqual([]);
        } finally {
          await bridge.close(0);
          await rm(directory, { recursive: true, force: true });
        }
      }),
      fuzzParameters(0.1),
    );
  },
  fuzzTimeoutMs(),
);
