#pragma once

#include "files.h"

#include "Luau/Frontend.h"

#include <string>

// One project under analysis: its files, settings, definitions, and what is known about them.
class Analyzer
{
public:
    Analyzer();

    Files files;
    Settings settings;
    Luau::Frontend frontend;

    // Adds the declarations of a definition file to the globals. The message of the first error; empty when there is none.
    std::string define(const std::string& source);

    void set_file(const std::string& name, std::string source);
    void remove_file(const std::string& name);
    void set_mode(Luau::Mode mode);

    // Brings the file and all that it requires up to date. False when there is no such file.
    bool refresh(const std::string& name);
    // What is known about a file that was refreshed.
    Luau::ModulePtr module(const std::string& name) const;
    const Luau::SourceModule* source(const std::string& name) const;
};
