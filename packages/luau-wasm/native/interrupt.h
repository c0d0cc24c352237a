// The time budget of an entry: how a script that does not come back is stopped.
#pragma once

#include "runtime.h"

// Sets the deadline for as long as it lives. An entry inside another one cannot outlive the outer's deadline.
class TimeBudget
{
public:
    // `budget` in milliseconds; infinity for none.
    TimeBudget(Runtime& rt, double budget);
    ~TimeBudget();
    TimeBudget(const TimeBudget&) = delete;
    TimeBudget& operator=(const TimeBudget&) = delete;

    // Whether the deadline has passed and errors were raised for it.
    bool spent() const;

private:
    Runtime& rt;
    double outer_deadline;
    double outer_budget;
    bool outer_spent;
};

// Installs the safepoint callback while there is something to do at safepoints, and removes it otherwise: without it a
// safepoint costs next to nothing.
void interrupt_update(Runtime& rt);
