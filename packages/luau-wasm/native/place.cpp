#include "place.h"

#include "lstate.h"

#include <exception>
#include <stdio.h>
#include <string.h>

// Frames that are compared with a text. A library that raises on behalf of its caller is a few levels deep.
constexpr int LEVELS_MAX = 64;
// Errors that are remembered: those that a script can have caught and not raised again yet. A script that keeps more of them is
// told the line that raised again.
constexpr size_t NOTED_MAX = 64;
// Bytes of a remembered text that are compared.
constexpr size_t NOTED_BYTES = 512;

bool chunk_is_hidden(const Runtime& rt, const char* chunk)
{
    return rt.hidden_chunk && strcmp(rt.hidden_chunk, chunk) == 0;
}

static const TString* string_at_top(lua_State* L)
{
    return L->top > L->base && ttisstring(L->top - 1) ? tsvalue(L->top - 1) : nullptr;
}

// Whether the text was raised as it is, by `error(text, 0)` or `error(text)` where no line is known: the function is on top of
// the stack, with the very same string as its argument.
static bool is_raw(lua_State* L, const TString* text)
{
    const CallInfo* ci = L->ci;
    if (!ttisfunction(ci->func) || !clvalue(ci->func)->isC)
        return false;
    const TString* name = clvalue(ci->func)->c.debugname;
    return name && strcmp(getstr(name), "error") == 0 && ci->base < L->top && ttisstring(ci->base) && tsvalue(ci->base) == text;
}

// Bytes of a position in front of the text, or 0.
static size_t prefix_of(const char* text, size_t length, const lua_Debug& ar)
{
    char position[LUA_IDSIZE + 16];
    int size = snprintf(position, sizeof(position), "%s:%d: ", ar.short_src, ar.currentline);
    return size > 0 && size_t(size) <= length && memcmp(text, position, size_t(size)) == 0 ? size_t(size) : 0;
}

static bool find_in_frames(const Runtime& rt, lua_State* L, const TString* text, Place& place)
{
    lua_Debug ar;
    for (int level = 0; level < LEVELS_MAX && lua_getinfo(L, level, "sl", &ar); level++)
    {
        if (ar.currentline <= 0)
            continue;
        if (!place.prefix)
            place.prefix = prefix_of(getstr(text), text->len, ar);
        if (!place.prefix || chunk_is_hidden(rt, ar.short_src))
            continue;
        place.chunk = ar.short_src;
        place.line = ar.currentline;
        return true;
    }
    place.prefix = 0;
    return false;
}

static const NotedError* find_noted(const Runtime& rt, const TString* text)
{
    for (const NotedError& noted : rt.noted_errors)
        if (noted.length == text->len && memcmp(noted.text.data(), getstr(text), noted.text.size()) == 0)
            return &noted;
    return nullptr;
}

bool place_find(const Runtime& rt, lua_State* thread, Place& place)
{
    const TString* text = string_at_top(thread);
    if (!text)
        return false;
    if (!is_raw(thread, text) && find_in_frames(rt, thread, text, place))
        return true;
    const NotedError* noted = find_noted(rt, text);
    if (noted)
        place = noted->place;
    return noted;
}

static void note(lua_State* L)
{
    const TString* text = string_at_top(L);
    if (!text || is_raw(L, text))
        return;
    Runtime& rt = runtime_of(L);
    try
    {
        Place place;
        if (!find_in_frames(rt, L, text, place))
            return;
        NotedError noted{std::string(getstr(text), text->len < NOTED_BYTES ? text->len : NOTED_BYTES), text->len, place};
        if (rt.noted_errors.size() < NOTED_MAX)
            rt.noted_errors.push_back(std::move(noted));
        else
            rt.noted_errors[rt.next_noted++ % NOTED_MAX] = std::move(noted);
    }
    catch (std::exception&)
    {
        // No memory: the error will be told with the line that raises it again.
    }
}

static void note_failed_coroutine(lua_State* L)
{
    if (L->status > LUA_YIELD && L->status != LUA_BREAK)
        note(L);
}

void place_watch(Runtime& rt)
{
    lua_Callbacks* callbacks = lua_callbacks(rt.main);
    callbacks->debugprotectederror = note;
    callbacks->postresume = note_failed_coroutine;
}
