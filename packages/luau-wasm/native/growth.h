// The module's memory, grown in large steps.
#pragma once

#include <stddef.h>

// To be called before a block of so many bytes is allocated. Emscripten grows the memory by what is missing at the
// moment, 64 KiB mostly, and each growth costs the host about a millisecond and new views: 4,000 on the way to 256 MiB.
void growth_prepare(size_t size);
