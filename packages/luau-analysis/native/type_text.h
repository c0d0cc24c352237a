#pragma once

#include "Luau/Type.h"

#include <string>

// A type as a person reads it: on one line, cut when it is very long.
std::string short_type(Luau::TypeId type);

// The same with room for tables and functions of several lines.
std::string full_type(Luau::TypeId type);

// A function's type behind its name, with the names of its parameters; any other type behind a colon.
std::string named_type(const std::string& name, Luau::TypeId type);

// A type behind the name that was given to it, and what it stands for.
std::string alias_type(const std::string& name, Luau::TypeId type);
