// Compiling and loading source text.
#include "boundary.h"
#include "memory.h"
#include "protect.h"
#include "runtime.h"

#include "luacode.h"

#include <exception>
#include <memory>
#include <stdlib.h>
#include <string.h>
#include <string>

// Luau's own words, which the text of a compile error cannot be: that begins with a position.
static const char OUT_OF_MEMORY[] = "not enough memory";

// The text of the last compile error.
static std::string compile_error;

static int32_t fail(const char* text, size_t length, int32_t status)
{
    try
    {
        compile_error.assign(text, length);
    }
    catch (std::exception&)
    {
        compile_error.clear();
        status = abi::STATUS_MEMORY;
    }
    boundary.cell.first = uint32_t(uintptr_t(compile_error.data()));
    boundary.cell.second = uint32_t(compile_error.size());
    return status;
}

// Compiles and loads; the reference of the function is in the cell. On STATUS_ERROR the text is there instead.
// `mutable_globals` is a list of zero-terminated names, ended by an empty one.
EXPORTED(chunk_load)
int32_t chunk_load(Runtime* rt, const char* source, size_t length, const char* chunk_name, const char* mutable_globals)
{
    lua_CompileOptions options = {};
    options.optimizationLevel = 1; // the next level inlines calls away, and stack traces lose them
    options.debugLevel = 2;        // lines, and the names of functions and variables

    size_t size = 0;
    std::unique_ptr<char, void (*)(void*)> bytecode(nullptr, free);
    try
    {
        std::vector<const char*> globals;
        for (const char* name = mutable_globals; *name; name += strlen(name) + 1)
            globals.push_back(name);
        globals.push_back(nullptr);
        options.mutableGlobals = globals.data();
        bytecode.reset(luau_compile(source, length, &options, &size));
    }
    catch (std::exception& error)
    {
        return fail(error.what(), strlen(error.what()), abi::STATUS_MEMORY);
    }
    if (!bytecode)
        return fail("", 0, abi::STATUS_MEMORY);

    int reference = 0;
    int failed = 0;
    lua_State* script = rt->script;
    int status = guarded_with_room(*rt, script, [&](lua_State* L) {
        failed = luau_load(L, chunk_name, bytecode.get(), size, 0);
        // luau_load hides that it ran out of memory behind a plain failure.
        if (failed && strcmp(lua_tostring(L, -1), OUT_OF_MEMORY) == 0)
            luaD_throw(L, LUA_ERRMEM);
        if (!failed)
        {
            reference = lua_ref(L, -1);
            lua_pop(L, 1);
        }
    });
    if (status == LUA_OK && !failed)
    {
        boundary.cell.first = uint32_t(reference);
        return abi::STATUS_OK;
    }
    size_t text_length = 0;
    const char* text = lua_tolstring(script, -1, &text_length);
    int32_t result = fail(text ? text : "", text_length, status == LUA_ERRMEM ? abi::STATUS_MEMORY : abi::STATUS_ERROR);
    lua_pop(script, 1);
    return result;
}
