#include "analyzer.h"

#include "Luau/BuiltinDefinitions.h"
#include "Luau/ExperimentalFlags.h"
#include "Luau/ToString.h"

#include <string.h>

LUAU_FASTINT(LuauSolverConstraintLimit)

// Seconds for one file, after which the checker gives up on it and says so: the page's own limit for the whole is 2 s.
constexpr double FILE_TIME_LIMIT_S = 1.5;

// Constraints that solving one file may add to those of its text.
constexpr int SOLVER_CONSTRAINT_LIMIT = 1'000'000;

// The name under which documentation symbols of the definitions begin: `@zone/global/zone.socket`.
constexpr const char* DEFINITIONS = "@zone";

namespace
{

Luau::FrontendOptions frontend_options()
{
    Luau::FrontendOptions options;
    // Hover, definitions and hints ask for the type of every expression.
    options.retainFullTypeGraphs = true;
    options.runLintChecks = true;
    options.moduleTimeLimitSec = FILE_TIME_LIMIT_S;
    return options;
}

// Switches on what Luau's own command-line tools have switched on, and the new solver.
bool set_flags()
{
    for (Luau::FValue<bool>* flag = Luau::FValue<bool>::list; flag; flag = flag->next)
    {
        bool is_released = strncmp(flag->name, "Luau", 4) == 0 && !Luau::isAnalysisFlagExperimental(flag->name);
        if (is_released || strcmp(flag->name, "LuauSolverV2") == 0)
            flag->value = true;
    }
    // Luau's own 1,000 is reached by a file of some thousand lines, which then counts as wrong from top to bottom. Time and
    // memory have limits of their own here.
    FInt::LuauSolverConstraintLimit.value = SOLVER_CONSTRAINT_LIMIT;
    return true;
}

// Luau names the members of a declared table one level deep; the library `zone` is a tree.
void name_members(Luau::TypeId type, const std::string& name)
{
    Luau::TableType* table = Luau::getMutable<Luau::TableType>(Luau::follow(type));
    if (!table)
        return;
    for (auto& [member, property] : table->props)
    {
        std::string symbol = name + "." + member;
        property.documentationSymbol = symbol;
        if (property.readTy)
            name_members(*property.readTy, symbol);
    }
}

} // namespace

Analyzer::Analyzer()
    : frontend((set_flags(), Luau::SolverMode::New), &files, &settings, frontend_options())
{
    frontend.setLuauSolverMode(Luau::SolverMode::New);
    Luau::unfreeze(frontend.globals.globalTypes);
    Luau::registerBuiltinGlobals(frontend, frontend.globals);
    Luau::freeze(frontend.globals.globalTypes);
}

std::string Analyzer::define(const std::string& source)
{
    Luau::unfreeze(frontend.globals.globalTypes);
    Luau::LoadDefinitionFileResult result =
        frontend.loadDefinitionFile(frontend.globals, frontend.globals.globalScope, source, DEFINITIONS, /* captureComments= */ false);
    std::string global_prefix = std::string(DEFINITIONS) + "/global/";
    for (auto& [symbol, binding] : frontend.globals.globalScope->bindings)
        if (binding.documentationSymbol && binding.documentationSymbol->compare(0, global_prefix.size(), global_prefix) == 0)
            name_members(binding.typeId, *binding.documentationSymbol);
    Luau::freeze(frontend.globals.globalTypes);
    if (result.success)
        return "";
    if (!result.parseResult.errors.empty())
        return Luau::toString(result.parseResult.errors.front().getLocation()) + " " + result.parseResult.errors.front().getMessage();
    if (result.module && !result.module->errors.empty())
        return Luau::toString(result.module->errors.front().location) + " " + Luau::toString(result.module->errors.front());
    return "the definitions could not be loaded";
}

void Analyzer::set_file(const std::string& name, std::string source)
{
    auto found = files.sources.find(name);
    if (found != files.sources.end() && found->second == source)
        return;
    bool is_new = found == files.sources.end();
    files.sources[name] = std::move(source);
    // A new file may be what a `require` elsewhere was missing, or hide what it meant.
    if (is_new)
        frontend.clear();
    else
        frontend.markDirty(name);
}

void Analyzer::remove_file(const std::string& name)
{
    if (files.sources.erase(name) > 0)
        frontend.clear();
}

void Analyzer::set_mode(Luau::Mode mode)
{
    if (settings.config.mode == mode)
        return;
    settings.config.mode = mode;
    frontend.clear();
}

bool Analyzer::refresh(const std::string& name)
{
    if (!files.sources.count(name))
        return false;
    frontend.check(name);
    return module(name) != nullptr && source(name) != nullptr;
}

Luau::ModulePtr Analyzer::module(const std::string& name) const
{
    return frontend.moduleResolver.getModule(name);
}

const Luau::SourceModule* Analyzer::source(const std::string& name) const
{
    return frontend.getSourceModule(name);
}
