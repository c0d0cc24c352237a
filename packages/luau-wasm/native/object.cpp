#include "object.h"

#include "boundary.h"
#include "host_function.h"
#include "memory.h"
#include "protect.h"

// No userdata of the object is left. Only takes a note: it is called in the middle of a collection.
IMPORTED(collected) void host_collected(uint32_t state, uint32_t object);

// What an object counts for beside its userdata, in bytes: its share of the host's memory. In V8 a bare byte stream or
// socket takes 400 to 900 bytes; what it holds besides, its owner counts.
constexpr size_t HOST_BYTES_PER_OBJECT = 1024;

static const char LOCKED[] = "The metatable is locked";

static void collect(lua_State* L, void* data)
{
    uint32_t id = *static_cast<uint32_t*>(data);
    Runtime& rt = runtime_of(L);
    rt.external -= HOST_BYTES_PER_OBJECT;
    if (--rt.userdata_counts[id] == 0)
        host_collected(rt.id, id);
}

void object_push(Runtime& rt, lua_State* L, uint32_t id, int tag)
{
    lua_rawcheckstack(L, 3);
    lua_getref(L, rt.objects);
    if (lua_rawgeti(L, -1, int(id)) == LUA_TUSERDATA)
    {
        lua_remove(L, -2);
        return;
    }
    lua_pop(L, 1);
    memory_require(rt, L, HOST_BYTES_PER_OBJECT);
    memory_pace(rt, L, HOST_BYTES_PER_OBJECT);
    if (rt.userdata_counts.size() <= id)
        rt.userdata_counts.resize(id + id / 2 + 16);
    void* data = lua_newuserdatataggedwithmetatable(L, sizeof(uint32_t), tag);
    // From here on there is a userdata, whose end takes both back.
    *static_cast<uint32_t*>(data) = id;
    rt.userdata_counts[id]++;
    rt.external += HOST_BYTES_PER_OBJECT;
    lua_pushvalue(L, -1);
    lua_rawseti(L, -3, int(id));
    lua_remove(L, -2);
}

void object_drop_unborn(Runtime& rt, uint32_t id)
{
    if (id >= rt.userdata_counts.size() || rt.userdata_counts[id] == 0)
        host_collected(rt.id, id);
}

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
    lua_setuserdatadtor(rt->main, tag, collect);
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
