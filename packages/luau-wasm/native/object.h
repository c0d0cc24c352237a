// Objects of the host as userdata.
#pragma once

#include "runtime.h"

// Pushes the userdata of an object: the one that is alive, else a new one.
void object_push(Runtime& rt, lua_State* L, uint32_t id, int tag);

// An object that was on its way into the script ends here where no userdata of it was made: for want of memory, mostly.
void object_drop_unborn(Runtime& rt, uint32_t id);

// The destructor of all classes: an object's userdata is gone. Called in the middle of a collection.
void object_collect(lua_State* L, void* data);
