#include "diagnostics.h"

#include "error_name.h"

#include "Luau/ToString.h"

// Diagnostics of one file beyond which the rest is dropped: a broken file can have thousands, and nobody reads on.
constexpr size_t MAX_DIAGNOSTICS_PER_FILE = 200;

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
    if (auto* e = Luau::get<Luau::UnknownRequire>(error))
        return e->modulePath;
    if (auto* e = Luau::get<Luau::DeprecatedApiUsed>(error))
        return e->symbol;
    return "";
}

void write_error(const Luau::TypeError& error, Analyzer& analyzer, JsonWriter& json)
{
    json.open_object();
    json.key("code").text(error_name(error));
    json.key("category").text(is_syntax_error(error) ? "syntax" : "type");
    json.key("severity").text(Luau::get<Luau::DeprecatedApiUsed>(error) ? "warning" : "error");
    json.key("range").range(error.location);
    json.key("message").text(Luau::toString(error, Luau::TypeErrorToStringOptions{&analyzer.files}));
    std::string about = subject(error);
    if (!about.empty())
        json.key("subject").text(about);
    json.close_object();
}

void write_warning(const Luau::LintWarning& warning, bool is_error, JsonWriter& json)
{
    json.open_object();
    json.key("code").text(Luau::LintWarning::getName(warning.code));
    json.key("category").text("lint");
    json.key("severity").text(is_error ? "error" : "warning");
    json.key("range").range(warning.location);
    json.key("message").text(warning.text);
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
        for (const Luau::TypeError& error : result->errors)
            if (room > 0 && room--)
                write_error(error, analyzer, json);
        for (const Luau::LintWarning& warning : result->lintResult.errors)
            if (room > 0 && room--)
                write_warning(warning, true, json);
        for (const Luau::LintWarning& warning : result->lintResult.warnings)
            if (room > 0 && room--)
                write_warning(warning, false, json);
    }
    json.close_array();
}
