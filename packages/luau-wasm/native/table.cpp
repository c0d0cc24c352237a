// Tables and globals, from the host. All accesses are raw, so that no script code runs.
#include "boundary.h"
#include "memory.h"
#include "protect.h"
#include "value.h"

#include "lobject.h"

EXPORTED(table_new) int32_t table_new(Runtime* rt)
{
    int reference = 0;
    int status = guarded_with_room(*rt, rt->main, [&reference](lua_State* L) {
        lua_newtable(L);
        reference = lua_ref(L, -1);
        lua_pop(L, 1);
    });
    return finish_guarded(rt->main, status) == abi::STATUS_OK ? reference : 0;
}

// A new table of numbers, one for each byte: its reference, or 0 when there is no memory.
EXPORTED(table_of_bytes) int32_t table_of_bytes(Runtime* rt, const uint8_t* bytes, size_t length)
{
    int reference = 0;
    int status = guarded_with_room(*rt, rt->main, [=, &reference](lua_State* L) {
        memory_make_room(*rt, L, length * sizeof(TValue));
        lua_createtable(L, int(length), 0);
        for (size_t i = 0; i < length; i++)
        {
            lua_pushinteger(L, bytes[i]);
            lua_rawseti(L, -2, int(i) + 1);
        }
        reference = lua_ref(L, -1);
        lua_pop(L, 1);
    });
    return finish_guarded(rt->main, status) == abi::STATUS_OK ? reference : 0;
}

// Leaves the value under the key in the outbox on the main stack.
EXPORTED(table_get) int32_t table_get(Runtime* rt, int table)
{
    Outbox outbox(*rt, 1);
    int status = guarded_with_room(*rt, rt->main, [&](lua_State* L) {
        lua_getref(L, table);
        outbox.push_one(L, 0);
        lua_rawget(L, -2);
        lua_remove(L, -2);
    });
    return finish_guarded(rt->main, status);
}

// Sets the key to the value, both in the outbox. STATUS_ERROR when the table is read-only, or the key cannot be one.
EXPORTED(table_set) int32_t table_set(Runtime* rt, int table)
{
    Outbox outbox(*rt, 2);
    int status = guarded_with_room(*rt, rt->main, [&](lua_State* L) {
        lua_getref(L, table);
        outbox.push(L);
        lua_rawset(L, -3);
        lua_pop(L, 1);
    });
    return finish_guarded(rt->main, status);
}

EXPORTED(table_freeze) void table_freeze(Runtime* rt, int table, int readonly)
{
    lua_getref(rt->main, table);
    lua_setreadonly(rt->main, -1, readonly);
    lua_pop(rt->main, 1);
}

EXPORTED(table_is_frozen) int32_t table_is_frozen(Runtime* rt, int table)
{
    lua_getref(rt->main, table);
    int readonly = lua_getreadonly(rt->main, -1);
    lua_pop(rt->main, 1);
    return readonly;
}

// Sets the metatable; 0 for none.
EXPORTED(table_set_metatable) int32_t table_set_metatable(Runtime* rt, int table, int metatable)
{
    int status = guarded_with_room(*rt, rt->main, [=](lua_State* L) {
        lua_getref(L, table);
        if (metatable)
            lua_getref(L, metatable);
        else
            lua_pushnil(L);
        lua_setmetatable(L, -2);
        lua_pop(L, 1);
    });
    return finish_guarded(rt->main, status);
}

// Leaves a global on the main stack: the script's own, else the one below.
EXPORTED(global_get) int32_t global_get(Runtime* rt)
{
    Outbox outbox(*rt, 1);
    int status = guarded_with_room(*rt, rt->main, [&](lua_State* L) {
        if (rt->script != L)
        {
            lua_pushvalue(rt->script, LUA_GLOBALSINDEX);
            lua_xmove(rt->script, L, 1);
            outbox.push_one(L, 0);
            lua_rawget(L, -2);
            lua_remove(L, -2);
            if (!lua_isnil(L, -1))
                return;
            lua_pop(L, 1);
        }
        outbox.push_one(L, 0);
        lua_rawget(L, LUA_GLOBALSINDEX);
    });
    return finish_guarded(rt->main, status);
}

// Sets a global: among the script's own once there is a sandbox.
EXPORTED(global_set) int32_t global_set(Runtime* rt)
{
    Outbox outbox(*rt, 2);
    int status = guarded_with_room(*rt, rt->main, [&](lua_State* L) {
        lua_pushvalue(rt->script, LUA_GLOBALSINDEX);
        if (rt->script != L)
            lua_xmove(rt->script, L, 1);
        outbox.push(L);
        lua_rawset(L, -3);
        lua_pop(L, 1);
    });
    return finish_guarded(rt->main, status);
}
