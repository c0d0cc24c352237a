// The memory that the binding and the shim share.
#pragma once

#include "abi.h"

extern abi::Boundary boundary;
