// The clocks of the host.
#pragma once

#include "abi.h"

// Milliseconds on a clock that never goes back.
IMPORTED(now) double host_now();
// Milliseconds since 1970-01-01 UTC.
IMPORTED(wall_clock) double host_wall_clock();
