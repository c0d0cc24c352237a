import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { lastReleased, unreleased, withoutInnerLinks, withRelease } from "../release/changelog.mjs";
import { compareVersions, parseVersion, withVersion } from "../release/version.mjs";
import { LONG_PATIENCE_MS } from "../patience.ts";
import { inProject } from "../setup/paths.mjs";
import { CHANGELOG, LAST, ReleaseRepository, TO_BECOME } from "./support/release-repository.ts";

/** That a release was refused, with everything as it was, and what was said about it. */
const refusal = (where: ReleaseRepository, words: readonly string[], status = 1): string => {
  const before = where.state();
  const result = where.release(...words);
  expect({ ...result, err: "" }).toEqual({ status, out: "", err: "" });
  expect(where.state()).toEqual(before);
  return result.err;
};

describe("a release", { timeout: LONG_PATIENCE_MS }, () => {
  let original: ReleaseRepository;
  beforeAll(() => {
    original = ReleaseRepository.create();
    // Compiles what opens links once for all that follow, and leaves nothing that git sees.
    expect(original.release(TO_BECOME, "--dry-run", "--no-test")).toMatchObject({ status: 0, err: expect.stringContaining("v1 (") });
    expect(original.git("status", "--porcelain")).toBe("");
  }, LONG_PATIENCE_MS);
  afterAll(() => original.remove());

  const repository = (): ReleaseRepository => {
    const copy = original.copy();
    onTestFinished(() => copy.remove());
    return copy;
  };

  test.each([
    ["the version that was to come", TO_BECOME],
    ["a higher one", "2.0.0"],
  ])("with %s is a commit, a tag, a package with its checksum, and how to publish", (_, version) => {
    const where = repository();
    where.git("remote", "add", "upstream", "https://example.org/playground.git");
    const before = where.git("rev-parse", "HEAD");
    const { status, out, err } = where.release(version, "--no-test");
    expect({ status, err }).toMatchObject({ status: 0, err: expect.stringContaining("share links of every format open: v1 (") });

    // Everywhere, and committed.
    expect(where.git("status", "--porcelain")).toBe("");
    expect(where.git("log", "--format=%s", `${before}..`)).toBe(`Release ${version}`);
    const files = where.git("ls-files", "*package.json").split("\n");
    expect(files.length).toBeGreaterThan(10);
    expect(files.map((file) => JSON.parse(where.read(file)).version)).toEqual(files.map(() => version));
    const date = where.git("log", "-1", "--format=%cd", "--date=format-local:%Y");
    expect(where.read("CHANGELOG.md")).toMatch(
      new RegExp(
        `^# Changelog\n\nVersions follow a rule.\n\n## ${version} – ${date}-\\d\\d-\\d\\d\n\n### The page\n\n- The first thing that is new.\n\n## ${LAST} – `,
      ),
    );
    expect(where.git("rev-parse", `v${version}^{commit}`)).toBe(where.git("rev-parse", "HEAD"));
    expect(where.git("cat-file", "-t", `v${version}`)).toBe("tag");

    // The package, made from that commit.
    const file = `dist/zone-playground-${version}.tgz`;
    const packed = execFileSync("tar", ["-xzOf", where.path(file), "package/package.json"], { encoding: "utf8" });
    expect(JSON.parse(packed).version).toBe(version);
    const sum = createHash("sha256")
      .update(readFileSync(where.path(file)))
      .digest("hex");
    expect(where.read("dist/SHA256SUMS")).toBe(`${sum}  zone-playground-${version}.tgz\n`);
    expect(out).toContain(`  git push upstream main v${version}\n  npm publish ./${file}\n`);
    expect(out).toContain("- The first thing that is new.");
    expect(out).not.toContain("Something old");

    // And how to have it undone.
    expect(out).toContain(`git tag --delete v${version} && git reset --keep HEAD~1\n`);
    where.git("tag", "--delete", `v${version}`);
    where.git("reset", "--keep", "HEAD~1");
    expect([where.git("rev-parse", "HEAD"), where.git("status", "--porcelain"), where.git("tag")]).toEqual([before, "", ""]);
  });

  test("has a checksum that sha256sum takes, and that a changed package fails", () => {
    const where = repository();
    expect(where.release(TO_BECOME, "--no-test").status).toBe(0);
    const verify = (): string => execFileSync("sha256sum", ["--check", "SHA256SUMS"], { cwd: where.path("dist"), encoding: "utf8", stdio: "pipe" });
    expect(verify()).toBe(`zone-playground-${TO_BECOME}.tgz: OK\n`);
    where.write(`dist/zone-playground-${TO_BECOME}.tgz`, "something else");
    expect(verify).toThrow();
  });

  test("that is tried with --dry-run is shown whole and changes nothing", () => {
    const where = repository();
    const before = where.state();
    const { status, out } = where.release("1.4.0", "--dry-run");
    expect(status).toBe(0);
    expect(where.state()).toEqual(before);
    expect(existsSync(where.path("dist"))).toBe(false);
    for (const part of [
      "run npm test",
      "write 1.4.0 into",
      'commit that as "Release 1.4.0", and tag it v1.4.0',
      "dist/SHA256SUMS",
      "npm publish ./dist/",
      "- The first thing",
    ])
      expect(out).toContain(part);
    expect(where.release("1.4.0", "--dry-run", "--no-test").out).not.toContain("run npm test");
  });

  test("runs npm test first, and is refused when that fails", () => {
    const where = repository();
    const withTest = (command: string): void => {
      where.write(
        "package.json",
        where.read("package.json").replace(/"test": ".*"/, () => `"test": ${JSON.stringify(command)}`),
      );
      where.recordInstalled();
      where.commit("Change what is tested");
    };
    withTest("node --eval 'process.exit(3)'");
    expect(refusal(where, [TO_BECOME])).toMatch(/npm run release: `npm test` ended with status \d+; nothing was changed\n$/);
    withTest("node --eval 'console.log(`tested`)'");
    expect(where.release(TO_BECOME)).toMatchObject({ status: 0, err: expect.stringContaining("tested") });
  });

  test.each<[string, (where: ReleaseRepository) => void, string]>([
    ["with changes", (where) => where.write("LICENSE", ""), "The working tree has changes (LICENSE): commit them, or put them aside"],
    [
      "with many new files",
      (where) => ["a", "b", "c", "d", "e"].forEach((name) => where.write(name, "")),
      "The working tree has changes (a, b, c and 2 more): commit them",
    ],
    [
      "on another branch",
      (where) => void where.git("switch", "--quiet", "--create", "next"),
      "This is the branch next: releases are made from main, git switch main.",
    ],
    ["on no branch", (where) => void where.git("switch", "--quiet", "--detach"), "This is no branch: releases are made from main"],
    ["with its tag there", (where) => void where.git("tag", "v1.5.0"), "The tag v1.5.0 is there already: give a higher version, or remove the tag"],
    [
      "with nothing new",
      (where) => {
        where.write("CHANGELOG.md", CHANGELOG.replace("- The first thing that is new.\n", ""));
        where.commit("Say nothing");
      },
      'CHANGELOG.md says nothing new: write it below a heading "## Unreleased" above all versions.',
    ],
    [
      "without what is new",
      (where) => {
        where.write("CHANGELOG.md", CHANGELOG.replace(/## Unreleased[^]*?(?=## )/, ""));
        where.commit("Say nothing");
      },
      "CHANGELOG.md says nothing new",
    ],
    [
      "without what packs",
      (where) => {
        rmSync(where.path("scripts/package.mjs"));
        where.commit("Pack no more");
      },
      "scripts/package.mjs is missing",
    ],
    [
      "with no link of a format",
      (where) => {
        where.write("packages/share/src/json.ts", where.read("packages/share/src/json.ts").replace("SHARE_VERSION = 2", "SHARE_VERSION = 3"));
        where.commit("Begin another format");
      },
      "packages/share/test/fixtures has no link of format v3: add v3-….txt with a link, and v3-….json",
    ],
    [
      "with an older link that opens no more",
      (where) => {
        where.write("packages/share/src/json.ts", where.read("packages/share/src/json.ts").replace("[1, readVersion1]", "[3, readVersion1]"));
        where.commit("Forget a format");
      },
      "packages/share/test/fixtures/v1-smallest.txt opens no more (",
    ],
    [
      "with an older link that opens as something else",
      (where) => {
        where.write("packages/share/test/fixtures/v1-smallest.json", "{}");
        where.commit("Change a fixture");
      },
      "v1-smallest.txt opens as another project than packages/share/test/fixtures/v1-smallest.json has: mend packages/share",
    ],
    [
      "with a link that nobody knows the project of",
      (where) => {
        rmSync(where.path("packages/share/test/fixtures/v1-smallest.json"));
        where.commit("Lose a fixture");
      },
      "packages/share/test/fixtures/v1-smallest.json is missing: add the project that v1-smallest.txt opens as",
    ],
  ])("%s is refused in one line", (_, change, line) => {
    const where = repository();
    change(where);
    const told = refusal(where, ["1.5.0", "--no-test"]).trimEnd().split("\n");
    expect(told.filter((said) => said.includes(line))).toHaveLength(1);
    // A format that opens no more fails each of its links.
    expect(told.filter((said) => !said.includes("opens no more"))).toHaveLength(line.includes("opens no more") ? 0 : 1);
  });

  test("is told everything that stands against it at once", () => {
    const where = repository();
    where.git("switch", "--quiet", "--create", "next");
    where.write("LICENSE", "");
    expect(refusal(where, [LAST, "--no-test"]).trimEnd().split("\n")).toHaveLength(3);
  });

  test.each([
    [LAST, `Version ${LAST} is not above ${LAST}, which was released last: give a higher one.\n`],
    ["1.1.9", `Version 1.1.9 is not above ${LAST}, which was released last: give a higher one.\n`],
    ["0.10.0", `Version 0.10.0 is not above ${LAST}, which was released last: give a higher one.\n`],
    ["1.2.7", `Version 1.2.7 is below ${TO_BECOME}, which package.json has already: give that or a higher one.\n`],
  ])("of version %s is refused", (version, line) => {
    expect(refusal(original, [version, "--no-test"])).toBe(line);
  });

  test.each([
    [[], "give one version"],
    [["1.4.0", "1.5.0"], "give one version"],
    [["1.4"], 'three numbers, such as 0.4.0, not "1.4"'],
    [["v1.4.0"], 'not "v1.4.0"'],
    [["1.4.0-rc.1"], 'not "1.4.0-rc.1"'],
    [["01.4.0"], 'not "01.4.0"'],
    [["1.4.0", "--force"], "'--force'"],
  ])("by the words %j is wrong use", (words, part) => {
    const told = refusal(original, words, 2);
    expect(told.trimEnd().split("\n")).toHaveLength(1);
    expect(told).toContain(part);
  });

  test.each([
    ["the package", "scripts/package.mjs", 'export async function buildPackage() { throw new Error("no room on the disk"); }\n', "no room on the disk"],
    ["the commit", ".git/hooks/pre-commit", "#!/bin/sh\necho 'error: not today' >&2\nexit 1\n", "git commit: not today"],
  ])("whose making fails at %s leaves everything as it was", (_, file, text, line) => {
    const where = repository();
    where.write(file, text);
    if (file.startsWith(".git/")) execFileSync("chmod", ["+x", where.path(file)]);
    else where.commit("Break what packs");
    expect(refusal(where, [TO_BECOME, "--no-test"])).toContain(`npm run release: ${line}; nothing was changed\n`);
  });
});

describe("the changelog", () => {
  const real = readFileSync(inProject("CHANGELOG.md"), "utf8");
  test("of this repository is in the form that a release reads", () => {
    const last = lastReleased(real) ?? "";
    expect(parseVersion(last)).toBeDefined();
    const { version } = JSON.parse(readFileSync(inProject("package.json"), "utf8")) as { version: string };
    expect(version === last).toBe(!/^To become /m.test(real));
    const headings = real.split("\n").filter((line) => line.startsWith("## "));
    expect(headings.filter((heading) => !/^## (?:Unreleased|\d+\.\d+\.\d+ – \d{4}-\d\d-\d\d)$/.test(heading))).toEqual([]);
  });
  test("goes from one release to the next, with a line that says what is to come and without", () => {
    const released = withRelease(CHANGELOG, { version: "1.4.0", date: "2026-05-06" });
    expect(lastReleased(released)).toBe("1.4.0");
    expect(unreleased(released)).toBeUndefined();
    expect(released).not.toContain("To become");
    const next = released.replace("## 1.4.0", "## Unreleased\n\n- More.\n\n## 1.4.0");
    expect(unreleased(next)).toBe("- More.");
    expect(withRelease(next, { version: "1.5.0", date: "2026-07-08" })).toContain("## 1.5.0 – 2026-07-08\n\n- More.\n\n## 1.4.0 – 2026-05-06\n\n### The page");
  });
  test("keeps the words of links that lead into the repository, and all of others", () => {
    expect(withoutInnerLinks("([decision 27](docs/27.md), [a](#b)) [Semantic Versioning](https://semver.org)")).toBe(
      "(decision 27, a) [Semantic Versioning](https://semver.org)",
    );
  });
  test("has nothing new where only headings stand, or below another one", () => {
    expect(unreleased("# C\n\n## Unreleased\n\nTo become 1.0.0.\n\n### The page\n")).toBeUndefined();
    expect(unreleased(`# C\n\n## 1.0.0 – 2026-01-01\n\n- Old.\n\n## Unreleased\n\n- New.\n`)).toBeUndefined();
    expect(unreleased("# C\n")).toBeUndefined();
    expect(lastReleased("# C\n")).toBeUndefined();
  });
});

test("versions are compared by their numbers", () => {
  const order = ["0.2.0", "0.9.0", "0.10.0", "1.0.0", "1.0.10"].map((text) => parseVersion(text) ?? ([0, 0, 0] as const));
  expect([...order].reverse().sort(compareVersions)).toEqual(order);
});

test("a package.json keeps everything but its version", () => {
  const text = '{\n  "name": "a",\n  "other": {\n    "version": "9"\n  },\n  "version": "1.0.0",\n  "more": { "version": "9" }\n}\n';
  expect(withVersion(text, "1.1.0")).toBe(text.replace("1.0.0", "1.1.0"));
  expect(() => withVersion('{\n  "name": "a"\n}\n', "1.1.0")).toThrow("version");
});
