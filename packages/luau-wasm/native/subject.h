// What an instruction that has failed was about: the name in the source of the value that it could not call, index or
// reckon with. It is read from the bytecode, so that no text of a script can pass for it.
#pragma once

#include "lua.h"

#include <string>
#include <vector>

// Who raised an error.
enum class Origin
{
    script,    // `error`, `assert`, or whatever raises again what it was given
    function,  // a function of the library or of the host, about how it was called
    operation, // an instruction of the script's
};

struct Subject
{
    // As the source says it: `prnt`, `zone.sockt`, `connection:sned`. Empty where it is not one name.
    std::string path;
    // Whether its first name is a global.
    bool is_global = false;
    // What the last name of the path was looked for among: names of the table, of the class, or of the globals.
    std::vector<std::string> members;
};

// Of a thread that has failed; its stack is still there.
Origin origin_of(lua_State* thread);
Subject subject_of(lua_State* thread);
