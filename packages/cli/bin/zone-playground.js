#!/usr/bin/env node
// @ts-check
// What an old Node does not understand is behind the import: so it gets a sentence here, and no error of syntax.
const OLDEST_NODE = [20, 19];

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const isTooOld = major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
if (isTooOld) {
  process.stderr.write(`Node ${process.versions.node} is too old for the Zone Playground; install Node ${OLDEST_NODE.join(".")} or newer.\n`);
  process.exitCode = 1;
} else await import("../lib/main.js");
