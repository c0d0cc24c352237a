#include "files.h"

#include "abi.h"

#include "Luau/Ast.h"

#include <set>
#include <vector>

// Whether two names are the same letters, of which some are written as one sign in the one and as two in the other.
IMPORTED(same_letters) int32_t host_same_letters(const char* a, size_t a_length, const char* b, size_t b_length);

namespace
{

using Sources = std::map<std::string, std::string>;

std::vector<std::string> split(std::string_view path)
{
    std::vector<std::string> parts;
    size_t start = 0;
    while (start <= path.size())
    {
        size_t end = std::min(path.find('/', start), path.size());
        parts.emplace_back(path.substr(start, end - start));
        start = end + 1;
    }
    return parts;
}

// Goes along `path` from a folder; nothing when it leads out of the project.
std::optional<std::vector<std::string>> walk(std::vector<std::string> folder, std::string_view path)
{
    for (std::string& part : split(path))
    {
        if (part == "..")
        {
            if (folder.empty())
                return std::nullopt;
            folder.pop_back();
        }
        else if (!part.empty() && part != ".")
            folder.push_back(std::move(part));
    }
    return folder;
}

std::string join(const std::vector<std::string>& parts)
{
    std::string path;
    for (const std::string& part : parts)
        path += (path.empty() ? "" : "/") + part;
    return path;
}

bool ends_with(std::string_view text, std::string_view end)
{
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

std::string without_ending(const std::string& name)
{
    for (std::string_view ending : {".luau", ".lua"})
        if (ends_with(name, ending))
            return name.substr(0, name.size() - ending.size());
    return name;
}

// What may follow the name in `require`, in the order in which it is looked for.
constexpr const char* ENDINGS[] = {"", ".luau", ".lua", "/init.luau"};

bool is_ascii(std::string_view text)
{
    for (char c : text)
        if (static_cast<unsigned char>(c) >= 0x80)
            return false;
    return true;
}

// The file that a path means whose letters are written in another way; file systems and keyboards differ in it.
std::optional<std::string> with_same_letters(const Sources& sources, const std::string& base)
{
    if (is_ascii(base))
        return std::nullopt;
    for (const char* ending : ENDINGS)
    {
        std::string wanted = base + ending;
        for (const auto& [name, source] : sources)
            if (host_same_letters(name.data(), name.size(), wanted.data(), wanted.size()))
                return name;
    }
    return std::nullopt;
}

// A file or folder of the project, for completing the path of a `require`.
struct PathNode : Luau::RequireNode
{
    const Sources* sources;
    std::vector<std::string> path;
    // Where relative paths start: the folder itself, or that of the file.
    std::vector<std::string> folder;

    PathNode(const Sources* sources, std::vector<std::string> path, std::vector<std::string> folder)
        : sources(sources)
        , path(std::move(path))
        , folder(std::move(folder))
    {
    }

    std::string getPathComponent() const override
    {
        return path.empty() ? "" : without_ending(path.back());
    }

    std::unique_ptr<Luau::RequireNode> resolvePathToNode(const std::string& relative) const override
    {
        std::optional<std::vector<std::string>> target = walk(folder, relative);
        if (!target)
            return nullptr;
        std::string prefix = join(*target);
        if (!prefix.empty())
            prefix += '/';
        for (const auto& [name, source] : *sources)
            if (name.compare(0, prefix.size(), prefix) == 0)
                return std::make_unique<PathNode>(sources, *target, *target);
        return nullptr;
    }

    std::vector<std::unique_ptr<Luau::RequireNode>> getChildren() const override
    {
        std::string prefix = join(path);
        if (!prefix.empty())
            prefix += '/';
        std::set<std::string> names;
        for (const auto& [name, source] : *sources)
            if (name.compare(0, prefix.size(), prefix) == 0)
                names.insert(name.substr(prefix.size(), name.find('/', prefix.size()) - prefix.size()));
        std::vector<std::unique_ptr<Luau::RequireNode>> children;
        for (const std::string& name : names)
        {
            std::vector<std::string> child = path;
            child.push_back(name);
            children.push_back(std::make_unique<PathNode>(sources, child, child));
        }
        return children;
    }

    std::vector<Luau::RequireAlias> getAvailableAliases() const override
    {
        return {};
    }
};

struct PathSuggester : Luau::RequireSuggester
{
    const Sources* sources;

    explicit PathSuggester(const Sources* sources)
        : sources(sources)
    {
    }

protected:
    std::unique_ptr<Luau::RequireNode> getNode(const Luau::ModuleName& name) const override
    {
        std::vector<std::string> path = split(name);
        std::vector<std::string> folder(path.begin(), path.end() - 1);
        return std::make_unique<PathNode>(sources, std::move(path), std::move(folder));
    }
};

} // namespace

Files::Files()
{
    requireSuggester = std::make_shared<PathSuggester>(&sources);
}

std::optional<Luau::SourceCode> Files::readSource(const Luau::ModuleName& name)
{
    auto found = sources.find(name);
    if (found == sources.end())
        return std::nullopt;
    return Luau::SourceCode{found->second, Luau::SourceCode::Module};
}

std::optional<Luau::ModuleInfo> Files::resolveModule(const Luau::ModuleInfo* context, Luau::AstExpr* expr, const Luau::TypeCheckLimits&)
{
    auto* path = expr->as<Luau::AstExprConstantString>();
    if (!context || !path)
        return std::nullopt;
    std::optional<std::string> name = resolve(context->name, {path->value.data, path->value.size});
    if (!name)
        return std::nullopt;
    return Luau::ModuleInfo{*name};
}

std::optional<std::string> Files::resolve(const std::string& from, std::string_view path) const
{
    if (path.compare(0, 2, "./") != 0 && path.compare(0, 3, "../") != 0)
        return std::nullopt;
    std::vector<std::string> folder = split(from);
    folder.pop_back();
    std::optional<std::vector<std::string>> target = walk(std::move(folder), path);
    if (!target)
        return std::nullopt;
    std::string base = join(*target);
    for (const char* ending : ENDINGS)
        if (sources.count(base + ending))
            return base + ending;
    return with_same_letters(sources, base).value_or(base);
}

Settings::Settings()
{
    config.mode = Luau::Mode::Nonstrict;
    config.enabledLint.setDefaults();
}

const Luau::Config& Settings::getConfig(const Luau::ModuleName&, const Luau::TypeCheckLimits&) const
{
    return config;
}
