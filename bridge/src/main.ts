import { setFlagsFromString } from "node:v8";

// The young generation of the heap stays small. Nearly all that a busy bridge allocates lies outside of the heap, and goes
// when its owner does: with a young generation of 32 MiB that is late, and V8 collects the whole heap for it again and again.
setFlagsFromString("--semi-space-growth-factor=1");

// Only now: what has grown stays.
await import("./command.ts");
