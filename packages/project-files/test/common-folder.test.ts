import { posix, win32 } from "node:path";
import { expect, it } from "vitest";
import { commonFolder } from "../src/common-folder.ts";

it.each<[string, readonly string[], typeof posix, string | undefined]>([
  ["one file", ["/a/b/c.luau"], posix, "/a/b"],
  ["two folders", ["/a/b/c.luau", "/a/d/e/f.luau"], posix, "/a"],
  ["names that begin alike", ["/a/lib/x.luau", "/a/library/y.luau"], posix, "/a"],
  ["the root", ["/a/x.luau", "/b/y.luau"], posix, "/"],
  ["a drive of Windows", ["C:\\a\\x.luau", "C:\\b\\y.luau"], win32, "C:\\"],
  ["two drives of Windows", ["C:\\a\\x.luau", "D:\\a\\y.luau"], win32, undefined],
  ["two computers of a Windows network", ["\\\\one\\share\\x.luau", "\\\\two\\share\\y.luau"], win32, undefined],
])("%s", (_what, files, path, folder) => {
  expect(commonFolder(files, path)).toBe(folder);
});
