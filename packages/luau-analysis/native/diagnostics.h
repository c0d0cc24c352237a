#pragma once

#include "analyzer.h"
#include "json_writer.h"

// Checks every file and writes {"file": [{code, category, severity, range, message, ...}]}.
void write_diagnostics(Analyzer& analyzer, JsonWriter& json);
