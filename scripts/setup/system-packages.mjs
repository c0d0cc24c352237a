// @ts-check
import { existsSync, readFileSync } from "node:fs";
import { findProgram } from "../../packages/wasm-build/index.mjs";
import { runCommand } from "./run-command.mjs";
import { say } from "./progress.mjs";

/**
 * @typedef {object} Need
 * @property {string} what      what is missing, for a person
 * @property {() => boolean} present
 * @property {string[]} debian  Debian packages that bring it
 * @property {string} elsewhere what to install where this script does not
 */

/** @param {string} name */
const onPath = (name) => findProgram(name) !== undefined;

/** @type {Record<"emscripten" | "cargo" | "netcat" | "curl" | "python" | "redis" | "nginx" | "openssl" | "tshark" | "websockify", Need>} */
export const needs = {
  emscripten: {
    what: "Emscripten (em++), which compiles the Luau VM",
    present: () => onPath("em++"),
    debian: ["emscripten"],
    elsewhere: "Emscripten 3.1.6 or newer: `brew install emscripten` on macOS, `sudo apt install emscripten` on Debian and Ubuntu",
  },
  cargo: {
    what: "cargo, which fetches Luau's sources",
    present: () => onPath("cargo"),
    // Bookworm's plain `cargo` is too old for today's crates; `cargo-web` is the newer one that its browsers are built with.
    debian: debianVersion() === 12 ? ["cargo-web"] : ["cargo"],
    elsewhere: "Rust's cargo 1.70 or newer, from rustup or `brew install rust`",
  },
  netcat: {
    what: "nc (OpenBSD netcat), which the end-to-end tests talk to",
    present: () => onPath("nc"),
    debian: ["netcat-openbsd"],
    elsewhere: "OpenBSD netcat: part of macOS; `sudo apt install netcat-openbsd` on Debian and Ubuntu",
  },
  curl: {
    what: "curl, which the end-to-end tests talk to",
    present: () => onPath("curl"),
    debian: ["curl"],
    elsewhere: "curl",
  },
  python: {
    what: "python3, whose http.server the end-to-end tests talk to",
    present: () => onPath("python3"),
    debian: ["python3"],
    elsewhere: "Python 3",
  },
  websockify: {
    what: "websockify, which the benchmarks measure beside the bridge",
    present: () => onPath("websockify"),
    debian: ["websockify"],
    elsewhere: "websockify 0.10 from Debian or Ubuntu; it is left out of the benchmarks elsewhere",
  },
  redis: {
    what: "redis-server, in which the bridge's tests keep short links",
    present: () => onPath("redis-server"),
    debian: ["redis-server"],
    elsewhere: "Redis: `brew install redis` on macOS, `sudo apt install redis-server` on Debian and Ubuntu",
  },
  nginx: {
    what: "nginx, behind which the bridge's tests put two bridges",
    // Debian keeps it where only root's path leads.
    present: () => onPath("nginx") || existsSync("/usr/sbin/nginx"),
    debian: ["nginx-light"],
    elsewhere: "nginx: `brew install nginx` on macOS, `sudo apt install nginx-light` on Debian and Ubuntu",
  },
  openssl: {
    what: "openssl, which makes the certificate of the tests",
    present: () => onPath("openssl"),
    debian: ["openssl"],
    elsewhere: "OpenSSL's command line",
  },
  tshark: {
    what: "tshark, which reads what captures are saved as, with capinfos beside it",
    present: () => onPath("tshark") && onPath("capinfos"),
    // Debian asks who may capture packets; without an answer only root may, and nothing here does.
    debian: ["tshark"],
    elsewhere: "Wireshark's tshark: `brew install wireshark` on macOS, `sudo apt install tshark` on Debian and Ubuntu",
  },
};

/** Debian's major version, or undefined on any other system (Ubuntu's `chromium` is a snap, so it does not count). */
export function debianVersion() {
  if (!existsSync("/etc/os-release")) return undefined;
  const release = readFileSync("/etc/os-release", "utf8");
  if (!/^ID=debian$/m.test(release)) return undefined;
  const version = /^VERSION_ID="?(\d+)/m.exec(release)?.[1];
  return version === undefined ? undefined : Number(version);
}

/** Whether this process may install Debian packages by itself. */
export function canInstall() {
  return debianVersion() !== undefined && process.getuid?.() === 0 && findProgram("apt-get") !== undefined;
}

/**
 * Brings what is missing: on Debian as root by installing it, elsewhere by saying exactly what to install.
 *
 * @param {Need[]} wanted
 * @returns {Promise<string>} a note for the progress report
 * @throws {Error} where something is missing that this script cannot install
 */
export async function ensureSystemPackages(wanted) {
  const missing = wanted.filter((need) => !need.present());
  if (missing.length === 0) return "all there";
  if (!canInstall()) {
    const list = missing.map((need) => `  - ${need.what}\n    install ${need.elsewhere}`).join("\n");
    throw new Error(`this machine lacks:\n${list}\nInstall these and run the same command again.`);
  }
  const packages = missing.flatMap((need) => need.debian);
  say(`  Debian packages are missing and will be installed: ${packages.join(", ")}`);
  await runCommand("apt-get", ["-q", "update"]);
  await runCommand("apt-get", ["-q", "install", "--yes", "--no-install-recommends", ...packages], {
    env: { DEBIAN_FRONTEND: "noninteractive" },
  });
  const still = missing.filter((need) => !need.present());
  if (still.length > 0) {
    throw new Error(`still missing after the installation: ${still.map((need) => need.what).join("; ")}`);
  }
  return `installed ${packages.join(", ")}`;
}
