// Running VM operations that may raise, from places where no C++ exception may get out.
#pragma once

#include "abi.h"

#include "ldo.h"
#include "lua.h"

#include <type_traits>

// Runs `body(L)`. On an error the stack is as it was, plus the error value, and the status is not LUA_OK.
// Unlike lua_cpcall it allocates nothing.
template<typename Body>
int guarded(lua_State* L, Body&& body)
{
    using Bare = std::remove_reference_t<Body>;
    return luaD_pcall(
        L,
        [](lua_State* L, void* context) {
            (*static_cast<Bare*>(context))(L);
        },
        const_cast<void*>(static_cast<const void*>(&body)),
        savestack(L, L->top),
        0
    );
}

// The binding's status for what `guarded` gave. The error value is dropped.
inline int32_t finish_guarded(lua_State* L, int status)
{
    if (status == LUA_OK)
        return abi::STATUS_OK;
    lua_pop(L, 1);
    return status == LUA_ERRMEM ? abi::STATUS_MEMORY : abi::STATUS_ERROR;
}
