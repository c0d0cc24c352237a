#pragma once

#include "Luau/Error.h"
#include "Luau/Module.h"

#include <optional>
#include <set>
#include <string>

// The global names that a file gives a value to.
std::set<std::string> assigned_globals(const Luau::SourceModule& source);

// Whether an error says only that a type or a declaration is missing, so that the code may be right as it stands. Then
// the code under which the page knows it: Luau's own, or one of ours where Luau's own is used for mistakes too.
std::optional<std::string> uncertain_code(const Luau::TypeError& error, const std::set<std::string>& globals);
