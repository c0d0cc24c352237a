#pragma once

#include "Luau/Type.h"

#include <functional>
#include <optional>
#include <string>

// A member of a table, a declared type or a string, and the module in which it is written down; empty for the libraries.
struct Member
{
    const Luau::Property* property;
    Luau::ModuleName module;
    // Where the table that has it begins: with the name, this tells members of unknown place apart.
    Luau::Location owner;
};

// Looks a member up as `value.name` does: through metatables and the types of a union.
std::optional<Member> find_member(Luau::TypeId type, const std::string& name);

// Goes through the names of all members that `value.name` finds, in no special order; some may come twice.
void visit_members(Luau::TypeId type, const std::function<void(const std::string&)>& visit);
