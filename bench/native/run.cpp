// Runs one Luau program from standard input in Luau's own interpreter, compiled as the reader's programs are, and prints
// the milliseconds of the processor's time that it took and the number that it returned.
#include "lua.h"
#include "luacode.h"
#include "lualib.h"

#include <iostream>
#include <iterator>
#include <stdio.h>
#include <stdlib.h>
#include <string>
#include <time.h>

static double processor_milliseconds()
{
    timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

int main()
{
    std::string source(std::istreambuf_iterator<char>(std::cin), {});

    // As native/chunk.cpp of the WASM module has them.
    lua_CompileOptions options = {};
    options.optimizationLevel = 1;
    options.debugLevel = 2;
    size_t size = 0;
    char* bytecode = luau_compile(source.data(), source.size(), &options, &size);

    lua_State* main = luaL_newstate();
    luaL_openlibs(main);
    luaL_sandbox(main);
    lua_State* thread = lua_newthread(main);
    luaL_sandboxthread(thread);
    if (luau_load(thread, "=bench", bytecode, size, 0) != 0)
    {
        fprintf(stderr, "%s\n", lua_tostring(thread, -1));
        return 1;
    }
    free(bytecode);

    double begun = processor_milliseconds();
    int status = lua_resume(thread, nullptr, 0);
    double spent = processor_milliseconds() - begun;
    if (status != LUA_OK)
    {
        fprintf(stderr, "%s\n", lua_tostring(thread, -1));
        return 1;
    }
    printf("%.4f %.17g\n", spent, lua_tonumber(thread, -1));
    lua_close(main);
}
