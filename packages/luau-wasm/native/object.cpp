#include "object.h"

#include "memory.h"

// No userdata of the object is left. Only takes a note: it is called in the middle of a collection.
IMPORTED(collected) void host_collected(uint32_t state, uint32_t object);

// What an object counts for beside its userdata, in bytes: its share of the host's memory. In V8 a bare byte stream or
// socket takes 400 to 900 bytes; what it holds besides, its owner counts.
constexpr size_t HOST_BYTES_PER_OBJECT = 1024;

void object_collect(lua_State* L, void* data)
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
