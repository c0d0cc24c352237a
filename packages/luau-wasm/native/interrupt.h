// The time budget of an entry: how a script that does not come back is stopped.
//
// Luau's safepoints are its loops' back edges, calls, and steps of a pattern match. `safepoint-edits.mjs` makes each count
// down `safepoints_left`, and call `safepoint` where none is left: that reads the clock, and says how many may pass until
// the next reading. What may take longer counts for more: the call of a C function, elements that are moved or sorted.
#pragma once

#include "runtime.h"

// Safepoints until the next one that calls. Below zero where something has counted for more than there were.
extern "C" int safepoints_left;

// Gives the collector its turn, and collects everything, if the allocator has asked for it; raises an error, if the deadline
// has passed.
extern "C" void safepoint(lua_State* L);

// Has the next safepoint call, though the stride is not over.
void safepoint_soon();

// Sets the deadline for as long as it lives. An entry inside another one cannot outlive the outer's deadline.
class TimeBudget
{
public:
    // `budget` in milliseconds; infinity for none.
    explicit TimeBudget(double budget);
    ~TimeBudget();
    TimeBudget(const TimeBudget&) = delete;
    TimeBudget& operator=(const TimeBudget&) = delete;

    // Whether the deadline has passed and errors were raised for it.
    bool spent() const;

private:
    double outer_deadline;
    double outer_budget;
    bool outer_spent;
};
