#include "interrupt.h"

#include "clock.h"
#include "memory.h"
#include "place.h"

#include "lgc.h"
#include "lstate.h"

#include <math.h>

// The clock is read every `stride` safepoints, and the stride follows the script: it aims at one reading in about
// a quarter of a millisecond, so that slow library calls cannot make the deadline late by much. The largest one makes
// readings rare enough to cost a loop nothing, which comes by a safepoint every few nanoseconds.
constexpr double STRIDE_MILLISECONDS = 0.25;
constexpr int STRIDE_MAX = 4096;

int safepoints_left = 0;

static double deadline = INFINITY;
static double budget_of_deadline = INFINITY;
static bool deadline_spent = false;
static int stride = 1;
static double last_reading = 0;
// Whether the next call comes before the stride is over, so that it says nothing about the script's pace.
static bool is_early = false;

void safepoint_soon()
{
    safepoints_left = 0;
    is_early = true;
}

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

// Whether the deadline has passed. Says when the next safepoint is to look again.
static bool deadline_has_passed()
{
    if (deadline == INFINITY)
    {
        safepoints_left = STRIDE_MAX;
        return false;
    }
    double now = host_now();
    double elapsed = now - last_reading;
    last_reading = now;
    if (elapsed > STRIDE_MILLISECONDS * 2)
        stride = elapsed > STRIDE_MILLISECONDS * 8 ? 1 : stride / 2 + 1;
    else if (elapsed < STRIDE_MILLISECONDS && !is_early)
        stride = stride < STRIDE_MAX ? stride * 2 : STRIDE_MAX;
    is_early = false;
    safepoints_left = stride;
    return now >= deadline;
}

void safepoint(lua_State* L)
{
    Runtime& rt = runtime_of(L);
    if (rt.collection_wanted)
        memory_relieve(rt, L);
    else
        luaC_checkGC(L);

    if (!deadline_spent)
        deadline_spent = deadline_has_passed();
    if (!deadline_spent)
        return;

    // Once spent, every safepoint raises, so that a pcall which caught the last error gets no further.
    safepoint_soon();
    lua_rawcheckstack(L, 4);
    push_position(L);
    lua_pushfstring(L, "the script ran for longer than its budget of %d ms", int(budget_of_deadline));
    lua_concat(L, 2);
    lua_error(L);
}

TimeBudget::TimeBudget(double budget)
    : outer_deadline(deadline)
    , outer_budget(budget_of_deadline)
    , outer_spent(deadline_spent)
{
    if (budget != INFINITY)
    {
        double now = host_now();
        last_reading = now;
        stride = 1;
        if (now + budget < deadline)
        {
            deadline = now + budget;
            budget_of_deadline = budget;
        }
    }
    safepoint_soon();
}

TimeBudget::~TimeBudget()
{
    deadline = outer_deadline;
    budget_of_deadline = outer_budget;
    deadline_spent = outer_spent;
    stride = 1;
    safepoint_soon(); // an outer deadline may have passed meanwhile
}

bool TimeBudget::spent() const
{
    return deadline_spent;
}
