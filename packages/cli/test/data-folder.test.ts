import { posix, win32 } from "node:path";
import { expect, test } from "vitest";
import { dataFolder } from "../src/data-folder.ts";

const WINDOWS = { platform: "win32", home: "C:\\Users\\Аня", path: win32 } as const;
const LINUX = { platform: "linux", home: "/home/anya", path: posix } as const;

test("data is where each system keeps that of a user's programs", () => {
  expect(dataFolder({ ...WINDOWS, environment: { LOCALAPPDATA: "D:\\Local" } }).path).toBe("D:\\Local\\zone-playground");
  expect(dataFolder({ ...WINDOWS, environment: {} }).path).toBe("C:\\Users\\Аня\\AppData\\Local\\zone-playground");
  expect(dataFolder({ platform: "darwin", home: "/Users/anya", path: posix, environment: { XDG_DATA_HOME: "/x" } }).path).toBe(
    "/Users/anya/Library/Application Support/zone-playground",
  );
  expect(dataFolder({ ...LINUX, environment: { XDG_DATA_HOME: "/data" } }).path).toBe("/data/zone-playground");
  expect(dataFolder({ ...LINUX, environment: { LOCALAPPDATA: "/x" } }).path).toBe("/home/anya/.local/share/zone-playground");
});

test("a variable with a relative path counts as unset", () => {
  expect(dataFolder({ ...LINUX, environment: { XDG_DATA_HOME: "data" } }).path).toBe("/home/anya/.local/share/zone-playground");
  expect(dataFolder({ ...WINDOWS, environment: { LOCALAPPDATA: "" } }).path).toBe("C:\\Users\\Аня\\AppData\\Local\\zone-playground");
});
