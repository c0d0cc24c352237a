#include "runtime.h"

#include "memory.h"
#include "place.h"
#include "protect.h"

#include <string.h>

lua_State* running_thread = nullptr;

Runtime& runtime_of(lua_State* L)
{
    return *static_cast<Runtime*>(lua_callbacks(L)->userdata);
}

const char* Runtime::keep_name(const char* text, size_t length)
{
    std::unique_ptr<char[]> copy(new char[length + 1]);
    memcpy(copy.get(), text, length);
    copy[length] = 0;
    names.push_back(std::move(copy));
    return names.back().get();
}

EXPORTED(state_open) Runtime* state_open(uint32_t id, double limit)
{
    Runtime* rt = new (std::nothrow) Runtime;
    if (!rt)
        return nullptr;
    rt->id = id;
    memory_limit_set(*rt, limit);
    rt->main = lua_newstate(memory_allocate, rt);
    if (!rt->main)
    {
        delete rt;
        return nullptr;
    }
    rt->script = rt->main;
    lua_callbacks(rt->main)->userdata = rt;
    place_watch(*rt);
    int status = guarded(rt->main, [rt](lua_State* L) {
        luaL_openlibs(L);
        lua_newtable(L);
        lua_newtable(L);
        lua_pushliteral(L, "vs");
        lua_setfield(L, -2, "__mode");
        lua_setmetatable(L, -2);
        rt->objects = lua_ref(L, -1);
        lua_settop(L, 0);
    });
    if (status != LUA_OK)
    {
        lua_close(rt->main);
        delete rt;
        return nullptr;
    }
    return rt;
}

EXPORTED(state_close) void state_close(Runtime* rt)
{
    lua_close(rt->main);
    delete rt;
}

// Library tables, and what was in the globals before, become read-only; scripts get globals of their own on top.
EXPORTED(state_sandbox) int32_t state_sandbox(Runtime* rt)
{
    int status = guarded(rt->main, [rt](lua_State* L) {
        luaL_sandbox(L);
        lua_State* script = lua_newthread(L);
        luaL_sandboxthread(script);
        lua_ref(L, -1);
        lua_pop(L, 1);
        rt->script = script;
    });
    return finish_guarded(rt->main, status);
}

// Frames of the chunks of this name belong to the host from now on.
EXPORTED(chunk_hide) void chunk_hide(Runtime* rt, const char* name, size_t length)
{
    rt->hidden_chunk = rt->keep_name(name, length);
}

// The version of Luau, zero-terminated.
EXPORTED(luau_version) const char* luau_version()
{
    return LUAU_VERSION;
}

// The thread on whose stack table_get and global_get leave their value.
EXPORTED(main_thread) lua_State* main_thread(Runtime* rt)
{
    return rt->main;
}
