#include "abi.h"

#include "Luau/TimeTrace.h"

// Stands in for Luau's TimeTrace.cpp, which asks Emscripten for the time. Emscripten's function, where there is no
// JavaScript of Emscripten's, computes with 32-bit integers and starts over every few seconds: time limits would fail.
LUAU_FASTFLAGVARIABLE(DebugLuauTimeTracing)

namespace Luau
{
namespace TimeTrace
{

double getClock()
{
    return host_now() / 1000;
}

uint32_t getClockMicroseconds()
{
    return uint32_t(uint64_t(host_now() * 1000));
}

} // namespace TimeTrace
} // namespace Luau
