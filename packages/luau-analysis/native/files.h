#pragma once

#include "Luau/ConfigResolver.h"
#include "Luau/FileResolver.h"

#include <map>
#include <optional>
#include <string>

// The project's files by name, and what `require` means in them: as packages/zone/src/program/module-path.ts has it.
class Files : public Luau::FileResolver
{
public:
    Files();

    std::map<std::string, std::string> sources;

    std::optional<Luau::SourceCode> readSource(const Luau::ModuleName& name) override;
    std::optional<Luau::ModuleInfo> resolveModule(const Luau::ModuleInfo* context, Luau::AstExpr* expr, const Luau::TypeCheckLimits& limits) override;

    // The file that `path`, required in the file `from`, names. A name that is not there when there is none.
    std::optional<std::string> resolve(const std::string& from, std::string_view path) const;
};

// The same settings for every file; a file's own `--!strict` goes before them.
struct Settings : Luau::ConfigResolver
{
    Luau::Config config;

    Settings();

    const Luau::Config& getConfig(const Luau::ModuleName& name, const Luau::TypeCheckLimits& limits) const override;
};
