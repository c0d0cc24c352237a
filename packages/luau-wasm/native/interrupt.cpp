#include "interrupt.h"

#include "clock.h"
#include "memory.h"
#include "place.h"

#include "lstate.h"

#include <math.h>

// The clock is read every `stride` safepoints, and the stride follows the script: it aims at one reading in about
// a quarter of a millisecond, so that slow library calls cannot make the deadline late by much.
constexpr double STRIDE_MILLISECONDS = 0.25;
constexpr int STRIDE_MAX = 4096;

static double deadline = INFINITY;
static double budget_of_deadline = INFINITY;
static bool deadline_spent = false;
static int stride = 1;
static int until_clock = 1;
static double last_reading = 0;

static void push_position(lua_State* L)
{
    // In a loop of the script level 0 is the script; in a pattern match it is the library function.
    lua_Debug ar;
    for (int level = 0; lua_getinfo(L, level, "sl", &ar); level++)
        if (ar.currentline > 0 && !chunk_is_hidden(runtime_of(L), ar.short_src))
        {
            lua_pushfstring(L, "%s:%d: ", ar.short_src, ar.currentline);
            return;
        }
    lua_pushliteral(L, "");
}

static void safepoint(lua_State* L, int gc)
{
    if (gc >= 0)
        return; // inside of the collector nothing may be raised

    Runtime& rt = runtime_of(L);
    if (rt.collection_wanted)
        memory_relieve(rt, L);

    if (!deadline_spent)
    {
        if (--until_clock > 0 || deadline == INFINITY)
            return;
        double now = host_now();
        double elapsed = now - last_reading;
        last_reading = now;
        if (elapsed < STRIDE_MILLISECONDS)
            stride = stride < STRIDE_MAX ? stride * 2 : STRIDE_MAX;
        else if (elapsed > STRIDE_MILLISECONDS * 2)
            stride = elapsed > STRIDE_MILLISECONDS * 8 ? 1 : stride / 2 + 1;
        until_clock = stride;
        if (now < deadline)
            return;
        deadline_spent = true;
    }

    // Once spent, every safepoint raises, so that a pcall which caught the last error gets no further.
    lua_rawcheckstack(L, 4);
    push_position(L);
    lua_pushfstring(L, "the script ran for longer than its budget of %d ms", int(budget_of_deadline));
    lua_concat(L, 2);
    lua_error(L);
}

void interrupt_update(Runtime& rt)
{
    if (!rt.main)
        return; // the state is still being made
    bool needed = deadline != INFINITY || rt.collection_wanted;
    lua_callbacks(rt.main)->interrupt = needed ? safepoint : nullptr;
}

TimeBudget::TimeBudget(Runtime& rt, double budget)
    : rt(rt)
    , outer_deadline(deadline)
    , outer_budget(budget_of_deadline)
    , outer_spent(deadline_spent)
{
    if (budget != INFINITY)
    {
        double now = host_now();
        last_reading = now;
        until_clock = stride = 1;
        if (now + budget < deadline)
        {
            deadline = now + budget;
            budget_of_deadline = budget;
        }
    }
    interrupt_update(rt);
}

TimeBudget::~TimeBudget()
{
    deadline = outer_deadline;
    budget_of_deadline = outer_budget;
    deadline_spent = outer_spent;
    until_clock = stride = 1; // an outer deadline may have passed meanwhile
    interrupt_update(rt);
}

bool TimeBudget::spent() const
{
    return deadline_spent;
}
