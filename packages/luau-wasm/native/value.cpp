#include "value.h"

#include "boundary.h"
#include "memory.h"
#include "object.h"
#include "protect.h"

#include <stdlib.h>
#include <string.h>

Outbox::Outbox(Runtime& rt, uint32_t count)
    : rt(rt)
    , slots(boundary.outbox)
    , count(count)
{
    // An operation that runs inside this one uses the static slots again.
    boundary.outbox = reinterpret_cast<abi::Slot*>(uintptr_t(boundary.outbox_home));
}

Outbox::~Outbox()
{
    release();
}

void Outbox::release()
{
    if (!slots)
        return;
    for (uint32_t i = 0; i < count; i++)
    {
        const abi::Slot& slot = slots[i];
        if (slot.kind == abi::KIND_STRING_OWNED || slot.kind == abi::KIND_BUFFER_OWNED)
            free(reinterpret_cast<void*>(uintptr_t(slot.first)));
        else if (slot.kind == abi::KIND_REFERENCE_MOVED)
            lua_unref(rt.main, int(slot.first));
        else if (slot.kind == abi::KIND_OBJECT)
            object_drop_unborn(rt, slot.first);
    }
    if (uintptr_t(slots) != boundary.outbox_home)
        free(slots);
    slots = nullptr;
}

void Outbox::push_one(lua_State* L, uint32_t index) const
{
    const abi::Slot& slot = slots[index];
    if (slot.kind == abi::KIND_STRING_OWNED || slot.kind == abi::KIND_BUFFER_OWNED)
        memory_make_room(rt, L, slot.second);
    switch (slot.kind)
    {
    case abi::KIND_BOOLEAN:
        lua_pushboolean(L, int(slot.first));
        break;
    case abi::KIND_NUMBER:
        lua_pushnumber(L, slot.number);
        break;
    case abi::KIND_INTEGER:
        lua_pushinteger64(L, slot.integer);
        break;
    case abi::KIND_STRING:
    case abi::KIND_STRING_OWNED:
        lua_pushlstring(L, reinterpret_cast<const char*>(uintptr_t(slot.first)), slot.second);
        break;
    case abi::KIND_BUFFER:
    case abi::KIND_BUFFER_OWNED:
        memcpy(lua_newbuffer(L, slot.second), reinterpret_cast<const void*>(uintptr_t(slot.first)), slot.second);
        break;
    case abi::KIND_VECTOR:
        lua_pushvector(L, slot.vector[0], slot.vector[1], slot.third);
        break;
    case abi::KIND_OBJECT:
        object_push(rt, L, slot.first, int(slot.second));
        break;
    case abi::KIND_REFERENCE:
    case abi::KIND_REFERENCE_MOVED:
        lua_getref(L, int(slot.first));
        break;
    default:
        lua_pushnil(L);
    }
}

void Outbox::push(lua_State* L) const
{
    luaL_checkstack(L, int(count) + 1, "too many values");
    for (uint32_t i = 0; i < count; i++)
        push_one(L, i);
}

// Reads the value at an index: its kind, and the payload in the cell.
EXPORTED(value_read) uint32_t value_read(lua_State* L, int index)
{
    abi::Cell& cell = boundary.cell;
    switch (lua_type(L, index))
    {
    case LUA_TNONE:
        return abi::KIND_NONE;
    case LUA_TNIL:
        return abi::KIND_NIL;
    case LUA_TBOOLEAN:
        cell.first = uint32_t(lua_toboolean(L, index));
        return abi::KIND_BOOLEAN;
    case LUA_TNUMBER:
        cell.number = lua_tonumber(L, index);
        return abi::KIND_NUMBER;
    case LUA_TINTEGER:
        cell.integer = lua_tointeger64(L, index, nullptr);
        return abi::KIND_INTEGER;
    case LUA_TVECTOR:
    {
        const float* v = lua_tovector(L, index);
        cell.vector[0] = v[0];
        cell.vector[1] = v[1];
        memcpy(&cell.first, &v[2], sizeof(float));
        return abi::KIND_VECTOR;
    }
    case LUA_TSTRING:
    {
        size_t length;
        cell.first = uint32_t(uintptr_t(lua_tolstring(L, index, &length)));
        cell.second = uint32_t(length);
        return abi::KIND_STRING;
    }
    case LUA_TBUFFER:
    {
        size_t length;
        cell.first = uint32_t(uintptr_t(lua_tobuffer(L, index, &length)));
        cell.second = uint32_t(length);
        return abi::KIND_BUFFER;
    }
    case LUA_TUSERDATA:
    {
        int tag = lua_userdatatag(L, index);
        if (tag < 1 || tag > runtime_of(L).last_tag)
            return abi::KIND_OTHER;
        cell.first = *static_cast<uint32_t*>(lua_touserdata(L, index));
        cell.second = uint32_t(tag);
        return abi::KIND_OBJECT;
    }
    case LUA_TTABLE:
        return abi::KIND_TABLE;
    case LUA_TFUNCTION:
        return abi::KIND_FUNCTION;
    case LUA_TTHREAD:
        return abi::KIND_THREAD;
    default:
        return abi::KIND_OTHER;
    }
}

// The value as a number if it is one, or a string that reads as one: 1, and the number in the cell.
EXPORTED(value_to_number) int32_t value_to_number(lua_State* L, int index)
{
    int is_number = 0;
    boundary.cell.number = lua_tonumberx(L, index, &is_number);
    return is_number;
}

// Turns the number at an index into a string in place, as the library functions do.
EXPORTED(value_to_string) int32_t value_to_string(lua_State* L, int index)
{
    int status = guarded_with_room(runtime_of(L), L, [index](lua_State* L) {
        lua_tolstring(L, index, nullptr);
    });
    return finish_guarded(L, status);
}

// The name that `typeof` gives, as a zero-terminated string.
EXPORTED(value_type_name) const char* value_type_name(lua_State* L, int index)
{
    return luaL_typename(L, index);
}

// Makes a reference to the value at an index: above 0, or 0 when there is no memory for it.
EXPORTED(value_reference) int32_t value_reference(lua_State* L, int index)
{
    int reference = 0;
    int status = guarded_with_room(runtime_of(L), L, [index, &reference](lua_State* L) {
        reference = lua_ref(L, index);
    });
    return finish_guarded(L, status) == abi::STATUS_OK ? reference : 0;
}

EXPORTED(reference_release) void reference_release(Runtime* rt, int reference)
{
    lua_unref(rt->main, reference);
}

// Drops everything on the stack of a thread that is not running.
EXPORTED(stack_clear) void stack_clear(lua_State* L)
{
    lua_settop(L, 0);
}

// Frees what lies in the outbox without pushing it.
EXPORTED(outbox_discard) void outbox_discard(Runtime* rt, uint32_t count)
{
    Outbox discarded(*rt, count);
}
