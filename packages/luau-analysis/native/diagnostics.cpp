#include "diagnostics.h"

#include "error_name.h"
#include "members.h"
#include "uncertain.h"

#include "Luau/AstQuery.h"
#include "Luau/Scope.h"
#include "Luau/ToString.h"

#include <set>

// Diagnostics of one file beyond which the rest is dropped: a broken file can have thousands, and nobody reads on.
constexpr size_t MAX_DIAGNOSTICS_PER_FILE = 200;
// Names that are told for one that is wrong, and the bytes by which their length may differ: who slips writes nearly as many letters.
constexpr size_t MAX_SIMILAR_NAMES = 100;
constexpr size_t MAX_LENGTH_DIFFERENCE = 3;
// Bytes of a name that others are told for.
constexpr size_t MAX_NAME_LENGTH = 64;

namespace
{

bool is_syntax_error(const Luau::TypeError& error)
{
    return Luau::get<Luau::SyntaxError>(error) != nullptr;
}

// What the page's help can name: the symbol, property or type that the error is about.
std::string subject(const Luau::TypeError& error)
{
    if (auto* e = Luau::get<Luau::UnknownSymbol>(error))
        return e->name;
    if (auto* e = Luau::get<Luau::UnknownProperty>(error))
        return e->key;
    if (auto* e = Luau::get<Luau::UnknownPropButFoundLikeProp>(error))
        return e->key;
    if (auto* e = Luau::get<Luau::CannotExtendTable>(error))
        return e->prop;
    if (auto* e = Luau::get<Luau::UnknownRequire>(error))
        return e->modulePath;
    if (auto* e = Luau::get<Luau::DeprecatedApiUsed>(error))
        return e->symbol;
    return "";
}

// The name in the linter's words about a global.
std::string unknown_global(const Luau::LintWarning& warning)
{
    if (warning.code != Luau::LintWarning::Code_UnknownGlobal)
        return "";
    size_t from = warning.text.find('\'');
    size_t to = from == std::string::npos ? from : warning.text.find('\'', from + 1);
    return to == std::string::npos ? "" : warning.text.substr(from + 1, to - from - 1);
}

// Collects names that could have been meant by a wrong one.
class SimilarNames
{
public:
    explicit SimilarNames(const std::string& wrong)
        : wrong(wrong)
    {
    }

    void add(const std::string& name)
    {
        size_t difference = name.size() > wrong.size() ? name.size() - wrong.size() : wrong.size() - name.size();
        if (difference <= MAX_LENGTH_DIFFERENCE && wrong.size() <= MAX_NAME_LENGTH && found.size() < MAX_SIMILAR_NAMES && name != wrong)
            found.insert(name);
    }

    void add_members(Luau::TypeId type)
    {
        visit_members(type, [this](const std::string& name) { add(name); });
    }

    // Locals and globals that can be seen at a place.
    void add_bindings(const Luau::Module& module, Luau::Position place)
    {
        if (!module.hasModuleScope())
            return;
        for (Luau::ScopePtr scope = Luau::findScopeAtPosition(module, place); scope; scope = scope->parent)
            for (const auto& [symbol, binding] : scope->bindings)
                add(symbol.c_str());
    }

    void write(JsonWriter& json) const
    {
        if (found.empty())
            return;
        json.key("similar").open_array();
        for (const std::string& name : found)
            json.text(name);
        json.close_array();
    }

private:
    const std::string& wrong;
    std::set<std::string> found;
};

void write_similar_names(const Luau::TypeError& error, const std::string& wrong, const Luau::ModulePtr& module, JsonWriter& json)
{
    SimilarNames names(wrong);
    if (auto* e = Luau::get<Luau::UnknownProperty>(error))
        names.add_members(e->table);
    else if (auto* e = Luau::get<Luau::UnknownPropButFoundLikeProp>(error))
        names.add_members(e->table);
    else if (auto* e = Luau::get<Luau::CannotExtendTable>(error))
        names.add_members(e->tableType);
    else if (auto* e = Luau::get<Luau::UnknownSymbol>(error); e && e->context == Luau::UnknownSymbol::Binding && module)
        names.add_bindings(*module, error.location.begin);
    names.write(json);
}

void write_error(const Luau::TypeError& error, const std::set<std::string>& globals, Analyzer& analyzer, JsonWriter& json)
{
    std::optional<std::string> uncertain = uncertain_code(error, globals);
    json.open_object();
    json.key("code").text(uncertain ? *uncertain : error_name(error));
    json.key("category").text(is_syntax_error(error) ? "syntax" : "type");
    json.key("severity").text(uncertain || Luau::get<Luau::DeprecatedApiUsed>(error) ? "warning" : "error");
    json.key("range").range(error.location);
    json.key("message").text(Luau::toString(error, Luau::TypeErrorToStringOptions{&analyzer.files}));
    std::string about = subject(error);
    if (!about.empty())
    {
        json.key("subject").text(about);
        write_similar_names(error, about, analyzer.module(error.moduleName), json);
    }
    json.close_object();
}

void write_warning(const Luau::LintWarning& warning, bool is_error, const Luau::ModulePtr& module, JsonWriter& json)
{
    json.open_object();
    json.key("code").text(Luau::LintWarning::getName(warning.code));
    json.key("category").text("lint");
    json.key("severity").text(is_error ? "error" : "warning");
    json.key("range").range(warning.location);
    json.key("message").text(warning.text);
    std::string about = unknown_global(warning);
    if (!about.empty())
    {
        json.key("subject").text(about);
        SimilarNames names(about);
        if (module)
            names.add_bindings(*module, warning.location.begin);
        names.write(json);
    }
    json.close_object();
}

void write_time_out(JsonWriter& json)
{
    json.open_object();
    json.key("code").text("TimeLimit");
    json.key("category").text("type");
    json.key("severity").text("warning");
    json.key("range").range({});
    json.key("message").text("The file was not checked to the end: it takes too long.");
    json.close_object();
}

} // namespace

void write_diagnostics(Analyzer& analyzer, const std::string& file, JsonWriter& json)
{
    if (!analyzer.refresh(file))
    {
        json.null();
        return;
    }
    std::optional<Luau::CheckResult> result = analyzer.frontend.getCheckResult(file, /* accumulateNested= */ false);
    json.open_array();
    if (result)
    {
        size_t room = MAX_DIAGNOSTICS_PER_FILE;
        if (!result->timeoutHits.empty())
            write_time_out(json);
        const Luau::SourceModule* source = analyzer.source(file);
        std::set<std::string> globals = source && !result->errors.empty() ? assigned_globals(*source) : std::set<std::string>{};
        for (const Luau::TypeError& error : result->errors)
            if (room > 0 && room--)
                write_error(error, globals, analyzer, json);
        for (const Luau::LintWarning& warning : result->lintResult.errors)
            if (room > 0 && room--)
                write_warning(warning, true, analyzer.module(file), json);
        for (const Luau::LintWarning& warning : result->lintResult.warnings)
            if (room > 0 && room--)
                write_warning(warning, false, analyzer.module(file), json);
    }
    json.close_array();
}
