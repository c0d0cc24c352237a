// What the shim and the TypeScript binding agree on: src/exports.ts names the same functions.
#pragma once

// Marks a function that the binding calls. None of them lets a C++ exception out: JavaScript frames lie above.
#define EXPORTED(name) extern "C" __attribute__((export_name(#name)))
// Marks a function that the binding provides. None of them throws.
#define IMPORTED(name) extern "C" __attribute__((import_module("host"), import_name(#name)))

// Milliseconds since any moment, fractions included.
IMPORTED(now) double host_now();
