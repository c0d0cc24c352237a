// One lua_State with everything the shim keeps for it.
#pragma once

#include "abi.h"

#include "lua.h"
#include "lualib.h"

#include <memory>
#include <stddef.h>
#include <string>
#include <vector>

// A function of the host, as the upvalue of its closure points to it.
struct HostFunction
{
    uint32_t id;
    int tag; // of the class it belongs to; 0 for a plain function
    const char* name;
    bool takes_text; // its arguments are turned into strings, as `tostring` does
};

// Where an error was raised.
struct Place
{
    std::string chunk;
    int line = 0;
    // Bytes of the error's text that say so.
    size_t prefix = 0;
};

// An error that a script has caught. `text` is its beginning, `length` that of the whole.
struct NotedError
{
    std::string text;
    size_t length = 0;
    Place place;
};

struct Runtime
{
    uint32_t id = 0;
    // The binding's own operations work on this thread; no script code runs on it, except for a failing script's __tostring.
    lua_State* main = nullptr;
    // Chunks are loaded and threads are made here, so that they get its globals. `main` until the sandbox is made.
    lua_State* script = nullptr;

    // Memory, in bytes. `heap` is what Luau holds, `external` what the host keeps on behalf of the script.
    size_t limit = 0;
    size_t heap = 0;
    size_t external = 0;
    // External bytes added since the collector was last made to work for them.
    size_t external_debt = 0;
    // Passing this many bytes asks for a full collection at the next safepoint.
    size_t pressure_mark = 0;
    bool collection_wanted = false;

    // Luau keeps bare pointers to debug names and to function records, so they live here.
    std::vector<std::unique_ptr<HostFunction>> functions;
    std::vector<std::unique_ptr<char[]>> names;

    // Registry reference of the weak table: object id -> userdata.
    int objects = LUA_NOREF;
    // Userdata alive for each object id. A new one can be made before the old one is swept.
    std::vector<uint32_t> userdata_counts;
    int last_tag = 0;

    // Name of the chunks whose frames are not told; null for none.
    const char* hidden_chunk = nullptr;
    // The last errors that scripts have caught, in a ring.
    std::vector<NotedError> noted_errors;
    size_t next_noted = 0;

    // The thread whose suspended host call is being answered right now.
    lua_State* answered = nullptr;

    size_t used() const { return heap + external; }
    const char* keep_name(const char* text, size_t length);
};

Runtime& runtime_of(lua_State* L);

// The thread that runs right now, in whichever state; null outside of every entry.
extern lua_State* running_thread;
