// Calls from Luau into the host.
#pragma once

#include "runtime.h"

// Pushes the closure of a host function. `tag` is that of its class, 0 for a plain function; `name` outlives the state. One
// that `takes_text` gets every argument as `tostring` shows it.
void host_function_push(Runtime& rt, lua_State* L, uint32_t id, int tag, const char* name, bool takes_text = false);
