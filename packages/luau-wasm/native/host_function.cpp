#include "host_function.h"

#include "boundary.h"
#include "memory.h"
#include "protect.h"
#include "value.h"

// Calls a function of the host with `count` arguments, which it reads from the stack of L; `self` is the id of the object
// that a method is called on. The results are in the outbox.
IMPORTED(call) int32_t host_call(lua_State* L, uint32_t function, int32_t count, uint32_t self);

[[noreturn]] static void raise_text(lua_State* L, const Outbox& outbox, bool with_position)
{
    if (with_position)
        luaL_where(L, 1);
    outbox.push_one(L, 0);
    if (with_position)
        lua_concat(L, 2);
    lua_error(L);
}

[[noreturn]] static void raise_argument(lua_State* L, const HostFunction& function, const Outbox& outbox, bool is_type)
{
    // A method's arguments are counted without the object that it is called on.
    if (function.tag)
        lua_remove(L, 1);
    int argument = int(outbox.at(1).number);
    outbox.push_one(L, 0);
    const char* text = lua_tostring(L, -1);
    if (!is_type)
        luaL_argerrorL(L, argument, text);
    // An absent argument must stay absent below the text that was just pushed.
    if (lua_gettop(L) - 1 < argument)
        luaL_errorL(L, "missing argument #%d to '%s' (%s expected)", argument, function.name, text);
    luaL_typeerrorL(L, argument, text);
}

static int finish(lua_State* L, Runtime& rt, const HostFunction& function, int32_t result)
{
    if (result >= 0)
    {
        if (result == 0)
            return 0;
        Outbox outbox(rt, uint32_t(result));
        outbox.push(L);
        return result;
    }
    if (result == abi::CALL_SUSPEND)
    {
        lua_settop(L, 0);
        return lua_yield(L, 0);
    }
    if (result == abi::CALL_MEMORY_ERROR)
        luaD_throw(L, LUA_ERRMEM);

    bool about_argument = result == abi::CALL_TYPE_ERROR || result == abi::CALL_ARGUMENT_ERROR;
    Outbox outbox(rt, about_argument ? 2 : 1);
    if (about_argument)
        raise_argument(L, function, outbox, result == abi::CALL_TYPE_ERROR);
    raise_text(L, outbox, result == abi::CALL_ERROR);
}

static int32_t call_host(lua_State* L, const HostFunction& function, int count, uint32_t self)
{
    lua_State* outer = running_thread;
    running_thread = L;
    int32_t result = host_call(L, function.id, count, self);
    running_thread = outer;
    return result;
}

static int call_function(lua_State* L)
{
    const HostFunction& function = *static_cast<HostFunction*>(lua_tolightuserdata(L, lua_upvalueindex(1)));
    int count = lua_gettop(L);
    for (int i = 1; function.takes_text && i <= count; i++)
    {
        luaL_tolstring(L, i, nullptr);
        lua_replace(L, i);
    }
    return finish(L, runtime_of(L), function, call_host(L, function, count, 0));
}

static int call_method(lua_State* L)
{
    const HostFunction& function = *static_cast<HostFunction*>(lua_tolightuserdata(L, lua_upvalueindex(1)));
    // The method tables are closed, so only a call with `.` can bring the wrong object here.
    if (lua_userdatatag(L, 1) != function.tag)
    {
        const char* cls = lua_getuserdataname(L, function.tag);
        const char* got = lua_isnone(L, 1) ? "nothing" : luaL_typename(L, 1);
        luaL_errorL(
            L, "'%s' must be called with ':' on a %s, as in object:%s(...), not object.%s(...) (%s expected, got %s)", function.name, cls,
            function.name, function.name, cls, got
        );
    }
    uint32_t self = *static_cast<uint32_t*>(lua_touserdata(L, 1));
    return finish(L, runtime_of(L), function, call_host(L, function, lua_gettop(L) - 1, self));
}

// Runs when a thread is resumed whose host call had suspended it.
static int resumed(lua_State* L, int)
{
    Runtime& rt = runtime_of(L);
    if (rt.answered == L)
    {
        rt.answered = nullptr;
        return lua_gettop(L);
    }
    // A script resumed a coroutine that waits for the host: it goes on waiting.
    lua_settop(L, 0);
    return lua_yield(L, 0);
}

void host_function_push(Runtime& rt, lua_State* L, uint32_t id, int tag, const char* name, bool takes_text)
{
    rt.functions.emplace_back(new HostFunction{id, tag, name, takes_text});
    lua_pushlightuserdata(L, rt.functions.back().get());
    lua_pushcclosurek(L, tag ? call_method : call_function, name, 1, resumed);
}

EXPORTED(function_new) int32_t function_new(Runtime* rt, uint32_t id, const char* name, size_t length, int32_t takes_text)
{
    int reference = 0;
    int status = guarded_with_room(*rt, rt->main, [=, &reference](lua_State* L) {
        host_function_push(*rt, L, id, 0, rt->keep_name(name, length), takes_text);
        reference = lua_ref(L, -1);
        lua_pop(L, 1);
    });
    return finish_guarded(rt->main, status) == abi::STATUS_OK ? reference : 0;
}

EXPORTED(call_is_yieldable) int32_t call_is_yieldable(lua_State* L)
{
    return lua_isyieldable(L);
}

// A reference to the calling thread, or 0 when there is no memory.
EXPORTED(call_thread) int32_t call_thread(lua_State* L)
{
    int reference = 0;
    int status = guarded_with_room(runtime_of(L), L, [&reference](lua_State* L) {
        lua_rawcheckstack(L, 1);
        lua_pushthread(L);
        reference = lua_ref(L, -1);
        lua_pop(L, 1);
    });
    return finish_guarded(L, status) == abi::STATUS_OK ? reference : 0;
}
