#include "clock.h"

#include "lua.h"

// Stands in for Luau's lperf.cpp, which asks Emscripten for the time. Emscripten's function, where there is no JavaScript
// of Emscripten's, computes with 32-bit integers and starts over every 4.3 seconds.
double lua_clock()
{
    return host_now() / 1000;
}
