// The allocator with the memory cap, and the collector's part in keeping below it.
#pragma once

#include "protect.h"
#include "runtime.h"

void* memory_allocate(void* context, void* block, size_t old_size, size_t new_size);
void memory_limit_set(Runtime& rt, double bytes);
// Runs a full collection, as the allocator asked for. Only where collecting is allowed: at a safepoint, in a function of
// the host, or outside of all script code.
void memory_relieve(Runtime& rt, lua_State* L);
// Collects if a block of so many bytes would not fit otherwise. Under the same condition.
void memory_make_room(Runtime& rt, lua_State* L, size_t bytes);
// Raises `not enough memory` where so many bytes do not fit even after a collection. Under the same condition.
void memory_require(Runtime& rt, lua_State* L, size_t bytes);
// Makes the collector work for bytes that the host has allocated. Under the same condition.
void memory_pace(Runtime& rt, lua_State* L, size_t bytes);

// `guarded` for operations of the binding: when there is no memory, it collects and tries once more. The body must be fit
// to run twice.
template<typename Body>
int guarded_with_room(Runtime& rt, lua_State* L, Body&& body)
{
    if (rt.collection_wanted)
        memory_relieve(rt, L);
    int status = guarded(L, body);
    if (status == LUA_ERRMEM)
    {
        lua_pop(L, 1);
        memory_relieve(rt, L);
        status = guarded(L, body);
    }
    return status;
}
