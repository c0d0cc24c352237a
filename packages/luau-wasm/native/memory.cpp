#include "memory.h"

#include "growth.h"
#include "interrupt.h"

#include <stdint.h>
#include <stdlib.h>

// Luau lets the heap grow to twice the live data before a cycle ends, so a script could meet the cap with half of its
// memory being garbage. Above this share of the cap a full collection is asked for.
constexpr double PRESSURE_SHARE = 0.75;
// Headroom in bytes below which no further collection is asked for: each costs a walk over the whole heap.
constexpr size_t PRESSURE_MIN_HEADROOM = 64 * 1024;
// A single block of this share of the cap asks for a collection too: a second one like it could be refused while the
// first is garbage already.
constexpr double LARGE_SHARE = 1.0 / 8;
// External bytes that are added before the collector is made to work for them.
constexpr size_t EXTERNAL_STEP = 256 * 1024;
// Kilobytes of collector work for each kilobyte of external memory added, as LUA_GCSETSTEPMUL has it for the heap.
constexpr size_t EXTERNAL_STEP_FACTOR = 2;

static void aim(Runtime& rt)
{
    size_t used = rt.used();
    size_t start = size_t(double(rt.limit) * PRESSURE_SHARE);
    if (used < start)
    {
        rt.pressure_mark = start;
        return;
    }
    size_t headroom = rt.limit > used ? rt.limit - used : 0;
    // Halfway to the cap, so that collections get more frequent near it, but not endless.
    rt.pressure_mark = headroom < PRESSURE_MIN_HEADROOM ? SIZE_MAX : used + headroom / 2;
}

void memory_limit_set(Runtime& rt, double bytes)
{
    rt.limit = bytes >= double(SIZE_MAX) ? SIZE_MAX : size_t(bytes);
    aim(rt);
}

void* memory_allocate(void* context, void* block, size_t old_size, size_t new_size)
{
    Runtime& rt = *static_cast<Runtime*>(context);

    if (new_size == 0)
    {
        free(block);
        rt.heap -= old_size;
        return nullptr;
    }

    if (new_size > old_size)
    {
        size_t growth = new_size - old_size;
        size_t used = rt.used();
        bool refused = used >= rt.limit || growth > rt.limit - used;
        bool pressing = refused || used + growth > rt.pressure_mark || double(growth) > double(rt.limit) * LARGE_SHARE;
        if (pressing && !rt.collection_wanted)
        {
            rt.collection_wanted = true;
            safepoint_soon();
        }
        if (refused)
            return nullptr;
        // Loops leave it to safepoints to see that the collector is behind. It also has the clock read soon among slow
        // steps that make much.
        if (rt.main && rt.main->global->totalbytes + growth >= rt.main->global->GCthreshold)
            safepoint_soon();
        growth_prepare(new_size);
    }

    void* moved = realloc(block, new_size);
    if (!moved)
        return new_size > old_size ? nullptr : block; // Luau counts on shrinking to succeed
    rt.heap += new_size - old_size;
    return moved;
}

void memory_relieve(Runtime& rt, lua_State* L)
{
    rt.collection_wanted = false;
    lua_gc(L, LUA_GCCOLLECT, 0);
    aim(rt);
}

void memory_make_room(Runtime& rt, lua_State* L, size_t bytes)
{
    size_t used = rt.used();
    if (used >= rt.limit || bytes > rt.limit - used)
        memory_relieve(rt, L);
}

void memory_require(Runtime& rt, lua_State* L, size_t bytes)
{
    memory_make_room(rt, L, bytes);
    size_t used = rt.used();
    if (used >= rt.limit || bytes > rt.limit - used)
        luaD_throw(L, LUA_ERRMEM);
}

void memory_pace(Runtime& rt, lua_State* L, size_t bytes)
{
    rt.external_debt += bytes;
    if (rt.external_debt < EXTERNAL_STEP)
        return;
    size_t step = rt.external_debt / 1024 * EXTERNAL_STEP_FACTOR;
    rt.external_debt = 0;
    lua_gc(L, LUA_GCSTEP, int(step));
}

EXPORTED(memory_used) double memory_used(Runtime* rt)
{
    return double(rt->used());
}

EXPORTED(memory_external) double memory_external(Runtime* rt)
{
    return double(rt->external);
}

EXPORTED(memory_collect) void memory_collect(Runtime* rt)
{
    memory_relieve(*rt, rt->main);
}

// Adds to the external bytes, which may be negative. STATUS_MEMORY, and nothing added, past the limit; `is_there` is for
// bytes that the host holds already: they count whatever the limit, and leave the script so much less.
EXPORTED(memory_add_external) int32_t memory_add_external(Runtime* rt, double delta, int is_there)
{
    if (delta <= 0)
    {
        size_t fewer = size_t(-delta);
        rt->external = fewer > rt->external ? 0 : rt->external - fewer;
        return abi::STATUS_OK;
    }
    size_t used = rt->used();
    if (!is_there && (used >= rt->limit || delta > double(rt->limit - used)))
        return abi::STATUS_MEMORY;

    rt->external += size_t(delta);
    memory_pace(*rt, rt->main, size_t(delta));
    return abi::STATUS_OK;
}
