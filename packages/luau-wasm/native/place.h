// Where an error was raised, as far as its text says so. The VM and the library put `chunk:line: ` in front of what they
// raise; a script can write the same into any text. So a text is only believed where it names a frame of its own stack.
#pragma once

#include "runtime.h"

// Whether the frames of a chunk are the host's own matter: no position names them, and no stack tells of them.
bool chunk_is_hidden(const Runtime& rt, const char* chunk);
// The place of the error value at the top of a thread that has failed; its stack is still there. False for none.
bool place_find(const Runtime& rt, lua_State* thread, Place& place);
// Remembers the places of errors that scripts catch, since they may raise them again.
void place_watch(Runtime& rt);
