#include "abi.h"

#include "boundary.h"
#include "place.h"
#include "runtime.h"

#include <string.h>

// Levels that are looked at for the script's own line: a library function such as pcall may stand between it and the host.
constexpr int LEVELS_MAX = 8;

// Names of chunks that are not kept by the VM as they are shown.
static char shortened[LUA_IDSIZE];

// Leaves the name of the chunk in the cell.
static void tell_chunk(const lua_Debug& ar)
{
    const char* chunk = ar.short_src;
    if (chunk == ar.ssbuf)
        chunk = strcpy(shortened, ar.ssbuf);
    boundary.cell.first = uint32_t(uintptr_t(chunk));
}

// The line of the script that the running host function was called on, with the chunk's name in the cell; 0 for none.
EXPORTED(call_place) int32_t call_place(lua_State* L)
{
    const Runtime& rt = runtime_of(L);
    lua_Debug ar;
    for (int level = 1; level <= LEVELS_MAX && lua_getinfo(L, level, "sl", &ar); level++)
    {
        if (ar.currentline <= 0 || chunk_is_hidden(rt, ar.short_src))
            continue;
        tell_chunk(ar);
        return ar.currentline;
    }
    return 0;
}

// The line that a function of the script begins on, which is an argument of the running host function, with the chunk's name in the
// cell; 0 where it is none, or none of the script.
EXPORTED(function_place) int32_t function_place(lua_State* L, int index)
{
    lua_Debug ar;
    // A negative level names what lies on the stack, from the top.
    if (!lua_getinfo(L, index - lua_gettop(L) - 1, "s", &ar) || ar.linedefined <= 0 || chunk_is_hidden(runtime_of(L), ar.short_src))
        return 0;
    tell_chunk(ar);
    return ar.linedefined;
}
