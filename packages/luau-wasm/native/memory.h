// The allocator with the memory cap, and the collector's part in keeping below it.
#pragma once

#include "runtime.h"

void* memory_allocate(void* context, void* block, size_t old_size, size_t new_size);
void memory_limit_set(Runtime& rt, double bytes);
// At a safepoint: runs the full collection that the allocator asked for.
void memory_relieve(Runtime& rt, lua_State* L);
