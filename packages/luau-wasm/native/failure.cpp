#include "failure.h"

#include "boundary.h"
#include "place.h"
#include "protect.h"
#include "subject.h"

#include "lobject.h"

#include <exception>
#include <string.h>
#include <string>

// Frames told of a deep stack: so many from its top and so many from its bottom.
constexpr int FRAMES_TOP = 24;
constexpr int FRAMES_BOTTOM = 8;
// Bytes of the error's text that are told.
constexpr size_t TEXT_MAX = 16 * 1024;

// The text in two parts, the position in front and the rest; type name; the position's chunk (empty for none) and line; who raised
// it (an Origin); whether what the failed instruction was about begins with a global, the number of its names, a separator and a name for
// each; the number of members and each of them; then for each frame: chunk, function name, line. Numbers are 32 bits, little-endian, -1 for no line; texts have their length in
// front. A frame with an empty chunk and a negative line below -1 stands for -(line) - 1 left out.
static std::string report;

static void put_number(int32_t value)
{
    report.append(reinterpret_cast<const char*>(&value), sizeof(value));
}

static void put_text(const char* text, size_t length)
{
    put_number(int32_t(length));
    report.append(text, length);
}

static int to_text(lua_State* L)
{
    // The address that a bare table or function would be shown by tells nobody anything.
    if (lua_type(L, 1) >= LUA_TTABLE && !luaL_getmetafield(L, 1, "__tostring"))
        lua_pushfstring(L, "(the error value is a %s)", luaL_typename(L, 1));
    else
        luaL_tolstring(L, 1, nullptr);
    return 1;
}

static void put_string(Runtime& rt, lua_State* thread)
{
    size_t length = 0;
    const char* text = lua_tolstring(thread, -1, &length);
    if (length > TEXT_MAX)
        length = TEXT_MAX;
    Place place;
    bool is_known = place_find(rt, thread, place);
    std::string position = is_known ? place.chunk + ":" + std::to_string(place.line) + ": " : "";
    put_text(position.data(), position.size());
    put_text(text + place.prefix, length - place.prefix);
    put_text("string", 6);
    put_text(place.chunk.data(), place.chunk.size());
    put_number(is_known ? place.line : -1);
}

static void put_other(const char* text, size_t length, const char* type)
{
    put_text("", 0);
    put_text(text, length < TEXT_MAX ? length : TEXT_MAX);
    put_text(type, strlen(type));
    put_text("", 0);
    put_number(-1);
}

static void put_value(Runtime& rt, lua_State* thread)
{
    if (lua_type(thread, -1) == LUA_TSTRING)
    {
        put_string(rt, thread);
        return;
    }
    size_t length = 0;
    const char* type = luaL_typename(thread, -1);
    // On a thread of its own: the host may work on the main one meanwhile.
    lua_State* talker = nullptr;
    int status = guarded(rt.main, [&](lua_State* L) {
        talker = lua_newthread(L);
        lua_rawcheckstack(talker, 2);
        lua_pushcfunction(talker, to_text, "tostring");
        lua_xpush(thread, talker, -1);
    });
    if (status == LUA_OK)
    {
        lua_State* outer = running_thread;
        running_thread = talker;
        status = lua_resume(talker, outer, 1);
        running_thread = outer;
    }
    const char* text = status == LUA_OK ? lua_tolstring(talker, -1, &length) : nullptr;
    if (text)
        put_other(text, length, type);
    else
        put_other("(the error value cannot be shown)", 33, type);
    lua_settop(rt.main, 0);
}

static void put_frame(const Runtime& rt, lua_State* thread, int level)
{
    lua_Debug ar;
    if (!lua_getinfo(thread, level, "sln", &ar) || chunk_is_hidden(rt, ar.short_src))
        return;
    put_text(ar.short_src, strlen(ar.short_src));
    const char* name = ar.name ? ar.name : "";
    put_text(name, strlen(name));
    put_number(ar.currentline > 0 ? ar.currentline : -1);
}

static void put_frames(const Runtime& rt, lua_State* thread)
{
    int depth = lua_stackdepth(thread);
    for (int level = 0; level < depth; level++)
    {
        if (level == FRAMES_TOP && depth > FRAMES_TOP + FRAMES_BOTTOM)
        {
            int skipped = depth - FRAMES_TOP - FRAMES_BOTTOM;
            put_text("", 0);
            put_text("", 0);
            put_number(-1 - skipped);
            level += skipped;
        }
        put_frame(rt, thread, level);
    }
}

static void put_name(const TString* name)
{
    put_text(getstr(name), name->len);
}

static void put_subject(lua_State* thread)
{
    put_number(int32_t(origin_of(thread)));
    Subject subject;
    subject_of(thread, subject);
    put_number(subject.is_global);
    put_number(subject.name_count);
    for (int i = 0; i < subject.name_count; i++)
    {
        put_text(&subject.separators[i], i > 0);
        put_name(subject.names[i]);
    }
    put_number(subject.member_count);
    for (int i = 0; i < subject.member_count; i++)
        put_name(subject.members[i]);
}

void failure_note(Runtime& rt, lua_State* thread)
{
    try
    {
        report.clear();
        put_value(rt, thread);
        put_subject(thread);
        put_frames(rt, thread);
    }
    catch (std::exception&)
    {
        report.clear(); // not even memory for the report
    }
    boundary.cell.first = uint32_t(uintptr_t(report.data()));
    boundary.cell.second = uint32_t(report.size());
}
