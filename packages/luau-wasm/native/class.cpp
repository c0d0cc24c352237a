// Classes of userdata: what objects of the host have for a metatable.
#include "host_function.h"
#include "object.h"
#include "protect.h"

static const char LOCKED[] = "The metatable is locked";

// Begins a class: its tag, 0 when there are no more tags, or -1 when there is no memory. The name is in the scratch.
EXPORTED(class_open) int32_t class_open(Runtime* rt, const char* name, size_t length)
{
    if (rt->last_tag + 1 >= LUA_UTAG_LIMIT)
        return 0;
    int tag = rt->last_tag + 1;
    int status = guarded(rt->main, [=](lua_State* L) {
        lua_newtable(L);
        lua_pushlstring(L, name, length);
        lua_setfield(L, -2, "__type");
        lua_pushstring(L, LOCKED);
        lua_setfield(L, -2, "__metatable");
        lua_newtable(L);
        lua_setfield(L, -2, "__index");
        lua_setuserdatametatable(L, tag);
    });
    if (finish_guarded(rt->main, status) != abi::STATUS_OK)
        return -1;
    lua_setuserdatadtor(rt->main, tag, object_collect);
    rt->last_tag = tag;
    return tag;
}

// Adds a method, or a metamethod, to a class.
EXPORTED(class_add) int32_t class_add(Runtime* rt, int tag, uint32_t id, const char* name, size_t length, int is_metamethod)
{
    int status = guarded(rt->main, [=](lua_State* L) {
        lua_getuserdatametatable(L, tag);
        if (!is_metamethod)
            lua_getfield(L, -1, "__index");
        const char* kept = rt->keep_name(name, length);
        host_function_push(*rt, L, id, tag, kept);
        lua_setfield(L, -2, kept);
        lua_settop(L, 0);
    });
    return finish_guarded(rt->main, status);
}

// Ends a class: from here on a script cannot change it.
EXPORTED(class_close) void class_close(Runtime* rt, int tag)
{
    lua_State* L = rt->main;
    lua_getuserdatametatable(L, tag);
    lua_getfield(L, -1, "__index");
    lua_setreadonly(L, -1, true);
    lua_setreadonly(L, -2, true);
    lua_pop(L, 2);
}
