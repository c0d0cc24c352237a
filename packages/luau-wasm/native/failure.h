// What is told about a thread that has failed.
#pragma once

#include "runtime.h"

// Notes the text, type and frames of a failed thread for the binding. May run the error value's __tostring.
void failure_note(Runtime& rt, lua_State* thread);
