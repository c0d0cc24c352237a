#pragma once

#include "Luau/Error.h"

// The name of a kind of type error, as Luau's sources have it: it is stable, and what help and tests go by.
const char* error_name(const Luau::TypeError& error);
