// The clock of the host.
#pragma once

#include "abi.h"

// Milliseconds on a clock that never goes back.
IMPORTED(now) double host_now();
