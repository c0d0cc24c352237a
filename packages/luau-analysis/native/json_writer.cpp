#include "json_writer.h"

void JsonWriter::separate()
{
    if (needs_comma)
        out += ',';
    needs_comma = true;
}

JsonWriter& JsonWriter::open_object()
{
    separate();
    out += '{';
    needs_comma = false;
    return *this;
}

JsonWriter& JsonWriter::close_object()
{
    out += '}';
    needs_comma = true;
    return *this;
}

JsonWriter& JsonWriter::open_array()
{
    separate();
    out += '[';
    needs_comma = false;
    return *this;
}

JsonWriter& JsonWriter::close_array()
{
    out += ']';
    needs_comma = true;
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name)
{
    text(name);
    out += ':';
    needs_comma = false;
    return *this;
}

JsonWriter& JsonWriter::text(std::string_view value)
{
    static const char digits[] = "0123456789abcdef";
    separate();
    out += '"';
    for (char c : value)
    {
        if (c == '"' || c == '\\')
        {
            out += '\\';
            out += c;
        }
        else if ((unsigned char)c < 0x20)
        {
            out += "\\u00";
            out += digits[c >> 4];
            out += digits[c & 15];
        }
        else
        {
            out += c;
        }
    }
    out += '"';
    return *this;
}

JsonWriter& JsonWriter::number(unsigned int value)
{
    separate();
    out += std::to_string(value);
    return *this;
}

JsonWriter& JsonWriter::boolean(bool value)
{
    separate();
    out += value ? "true" : "false";
    return *this;
}

JsonWriter& JsonWriter::null()
{
    separate();
    out += "null";
    return *this;
}

JsonWriter& JsonWriter::range(const Luau::Location& location)
{
    open_array();
    number(location.begin.line).number(location.begin.column);
    number(location.end.line).number(location.end.column);
    return close_array();
}
