import { setFlagsFromString } from "node:v8";

// The young generation of the heap stays small. Nearly all that a busy bridge allocates lies outside of the heap, and goes
// when its owner does: with a young generation of 32 MiB that is late, and V8 collects the whole heap for it again and again.
setFlagsFromString("--semi-space-growth-factor=1");

// Stacks of errors name the sources, not what was compiled from them. Node reads the maps of what is loaded from here on.
process.setSourceMapsEnabled(true);

// Only now: what has grown stays.
await import("./command.ts");
