#pragma once

#include "analyzer.h"

#include "Luau/Ast.h"

#include <functional>
#include <optional>
#include <string>

// A place in a file where something is named, and what it names.
struct NameUse
{
    enum class Kind
    {
        Local,
        Global,
        Member,
        Type,
        // The path in a `require`.
        File,
    };

    Kind kind;
    Luau::Location range;
    std::string name;
    // The same for all uses of one thing, in whatever file; empty when it cannot be told what is meant.
    std::string identity;
    std::optional<Luau::TypeId> type;
    // Where the thing is written down; not for what comes with Luau or the playground.
    std::optional<std::pair<Luau::ModuleName, Luau::Location>> definition;
    // Of the libraries, such as `@luau/global/string.format`; empty when there is none.
    std::string documentation;
};

// Goes through all names of a file that was refreshed, in no special order.
void visit_names(Analyzer& analyzer, const std::string& file, const std::function<void(const NameUse&)>& visit);

// The name at a position, its end included: that is where the cursor stands after typing it.
std::optional<NameUse> name_at(Analyzer& analyzer, const std::string& file, Luau::Position position);
