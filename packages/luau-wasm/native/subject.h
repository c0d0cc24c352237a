// What an instruction that has failed was about: the name in the source of the value that it could not call, index or
// reckon with. It is read from the bytecode, so that no text of a script can pass for it.
#pragma once

#include "lua.h"

struct TString;

// Who raised an error.
enum class Origin
{
    script,    // `error`, `assert`, or whatever raises again what it was given
    function,  // a function of the library or of the host, about how it was called
    operation, // an instruction of the script's
};

// Names in a path; a longer one is told as unknown.
constexpr int PATH_MAX_NAMES = 8;
// Names that are told of what was looked into.
constexpr int MEMBERS_MAX = 256;

// The strings belong to the thread's state, and live as long as it is not run.
struct Subject
{
    // As the source says it: `prnt`, `zone.sockt`, `connection:sned`. None where it has no such path.
    int name_count = 0;
    const TString* names[PATH_MAX_NAMES];
    char separators[PATH_MAX_NAMES]; // in front of each name; the first has none
    // Whether its first name is a global.
    bool is_global = false;
    // What the last name of the path was looked for among: names of the table, of the class, or of the globals.
    int member_count = 0;
    const TString* members[MEMBERS_MAX];
};

// Of a thread that has failed; its stack is still there.
Origin origin_of(lua_State* thread);
void subject_of(lua_State* thread, Subject& subject);
