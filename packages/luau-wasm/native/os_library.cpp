// Stands in for Luau's loslib.cpp: the toolchain's time_t has 32 bits, and the C library knows no zone but UTC. What the
// functions accept, and what they answer, is as there: os.time takes UTC, moments before 1970 are nil but for "!".
#include "clock.h"

#include "lua.h"
#include "lualib.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

// How far the host's zone is from UTC at a moment (seconds since 1970), in seconds; positive in the east.
IMPORTED(zone_offset) double host_zone_offset(double moment);
// Whether the host's zone has daylight saving time at a moment.
IMPORTED(zone_is_dst) int32_t host_zone_is_dst(double moment);
// Writes the abbreviated name of the host's zone at a moment; gives the number of bytes.
IMPORTED(zone_name) int32_t host_zone_name(double moment, char* name, int32_t capacity);

constexpr const char* CONVERSIONS = "aAbBcdHIjmMpSUwWxXyYzZ%";
constexpr int64_t DAY_SECONDS = 86400;
constexpr double MILLISECONDS = 1000;
// Bytes for the name of a zone; the longest are like "GMT-3:30".
constexpr int32_t ZONE_NAME_BYTES = 40;
// Seconds on both sides of 1970 whose year still fits into `int` in every zone.
constexpr double MOMENT_MOST = 67767976233446399.0;

namespace
{

// A moment on the calendar of a zone.
struct Calendar
{
    tm fields = {};
    double moment = 0;
    int64_t offset = 0;
    bool is_utc = true;
};

int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

// Days from 1970-01-01 to the first day of a month (0 to 11) of the Gregorian calendar. The year is taken to begin in
// March, so that the leap day is its last.
int64_t days_to_month(int64_t year, int month)
{
    year -= month < 2;
    int64_t era = floor_div(year, 400);
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * ((month + 10) % 12) + 2) / 5;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

void fill(tm& fields, int64_t seconds)
{
    int64_t days = floor_div(seconds, DAY_SECONDS);
    int rest = int(seconds - days * DAY_SECONDS);
    // An average year is 365.2425 days, so the guess is one year off at most.
    int64_t year = 1970 + floor_div(days * 400, 146097);
    while (days_to_month(year, 0) > days)
        year--;
    while (days_to_month(year + 1, 0) <= days)
        year++;
    int month = 11;
    while (days_to_month(year, month) > days)
        month--;
    fields.tm_year = int(year - 1900);
    fields.tm_mon = month;
    fields.tm_mday = int(days - days_to_month(year, month)) + 1;
    fields.tm_yday = int(days - days_to_month(year, 0));
    fields.tm_wday = int(days + 4 - floor_div(days + 4, 7) * 7);
    fields.tm_hour = rest / 3600;
    fields.tm_min = rest / 60 % 60;
    fields.tm_sec = rest % 60;
}

// Whether there is such a moment on the calendar.
bool calendar_at(Calendar& calendar, double moment, bool is_utc)
{
    moment = trunc(moment);
    if (!(fabs(moment) <= MOMENT_MOST) || (!is_utc && moment < 0))
        return false;
    calendar.moment = moment;
    calendar.is_utc = is_utc;
    calendar.offset = is_utc ? 0 : int64_t(host_zone_offset(moment));
    fill(calendar.fields, int64_t(moment) + calendar.offset);
    calendar.fields.tm_isdst = !is_utc && host_zone_is_dst(moment);
    return true;
}

void set_field(lua_State* L, const char* key, int value)
{
    lua_pushinteger(L, value);
    lua_setfield(L, -2, key);
}

void push_table(lua_State* L, const tm& fields)
{
    lua_createtable(L, 0, 9);
    set_field(L, "sec", fields.tm_sec);
    set_field(L, "min", fields.tm_min);
    set_field(L, "hour", fields.tm_hour);
    set_field(L, "day", fields.tm_mday);
    set_field(L, "month", fields.tm_mon + 1);
    set_field(L, "year", fields.tm_year + 1900);
    set_field(L, "wday", fields.tm_wday + 1);
    set_field(L, "yday", fields.tm_yday + 1);
    lua_pushboolean(L, fields.tm_isdst);
    lua_setfield(L, -2, "isdst");
}

// The text of one conversion; its length.
size_t convert(char* text, size_t capacity, char conversion, const Calendar& calendar)
{
    const tm& fields = calendar.fields;
    int year = fields.tm_year + 1900;
    switch (conversion)
    {
    case 'Y':
        // The toolchain's C library puts a plus in front of years above 9999.
        return size_t(snprintf(text, capacity, "%d", year));
    case 'c':
    {
        size_t length = strftime(text, capacity, "%a %b %e %H:%M:%S ", &fields);
        return length + size_t(snprintf(text + length, capacity - length, "%d", year));
    }
    case 'z':
    {
        int64_t minutes = (calendar.offset < 0 ? -calendar.offset : calendar.offset) / 60;
        return size_t(snprintf(text, capacity, "%c%02d%02d", calendar.offset < 0 ? '-' : '+', int(minutes / 60), int(minutes % 60)));
    }
    case 'Z':
        if (calendar.is_utc)
            return size_t(snprintf(text, capacity, "UTC"));
        return size_t(host_zone_name(calendar.moment, text, ZONE_NAME_BYTES));
    default:
    {
        char format[] = {'%', conversion, 0};
        return strftime(text, capacity, format, &fields);
    }
    }
}

int os_clock(lua_State* L)
{
    lua_pushnumber(L, lua_clock());
    return 1;
}

int os_date(lua_State* L)
{
    const char* format = luaL_optstring(L, 1, "%c");
    double moment = lua_isnoneornil(L, 2) ? floor(host_wall_clock() / MILLISECONDS) : luaL_checknumber(L, 2);
    bool is_utc = *format == '!';
    format += is_utc;

    Calendar calendar;
    if (!calendar_at(calendar, moment, is_utc))
    {
        lua_pushnil(L);
        return 1;
    }
    if (strcmp(format, "*t") == 0)
    {
        push_table(L, calendar.fields);
        return 1;
    }
    luaL_Strbuf buffer;
    luaL_buffinit(L, &buffer);
    for (; *format; format++)
    {
        if (*format != '%' || format[1] == 0)
        {
            luaL_addchar(&buffer, *format);
            continue;
        }
        format++;
        if (!strchr(CONVERSIONS, *format))
            luaL_argerror(L, 1, "invalid conversion specifier");
        char text[200];
        luaL_addlstring(&buffer, text, convert(text, sizeof(text), *format, calendar));
    }
    luaL_pushresult(&buffer);
    return 1;
}

// A field of the table at the top: a whole number, or what it is by default; one that must be there has none.
int64_t get_field(lua_State* L, const char* key, int64_t absent = -1)
{
    lua_rawgetfield(L, -1, key);
    double value = double(absent);
    if (lua_isnumber(L, -1))
        value = trunc(lua_tonumber(L, -1));
    else if (absent < 0)
        luaL_error(L, "field '%s' missing in date table", key);
    // As far as the sum of all fields is exact.
    if (!(fabs(value) <= INT32_MAX))
        luaL_error(L, "field '%s' of the date table must be from -2147483647 to 2147483647, got %g", key, value);
    lua_pop(L, 1);
    return int64_t(value);
}

int os_time(lua_State* L)
{
    if (lua_isnoneornil(L, 1))
    {
        lua_pushnumber(L, floor(host_wall_clock() / MILLISECONDS));
        return 1;
    }
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    int64_t second = get_field(L, "sec", 0);
    int64_t minute = get_field(L, "min", 0);
    int64_t hour = get_field(L, "hour", 12);
    int64_t day = get_field(L, "day");
    int64_t month = get_field(L, "month") - 1;
    int64_t year = get_field(L, "year") + floor_div(month, 12);
    int64_t days = days_to_month(year, int(month - floor_div(month, 12) * 12)) + day - 1;
    int64_t moment = days * DAY_SECONDS + hour * 3600 + minute * 60 + second;
    if (days < 0 || moment < 0)
        lua_pushnil(L);
    else
        lua_pushnumber(L, double(moment));
    return 1;
}

int os_difftime(lua_State* L)
{
    lua_pushnumber(L, trunc(luaL_checknumber(L, 1)) - trunc(luaL_optnumber(L, 2, 0)));
    return 1;
}

} // namespace

int luaopen_os(lua_State* L)
{
    static const luaL_Reg functions[] = {
        {"clock", os_clock},
        {"date", os_date},
        {"difftime", os_difftime},
        {"time", os_time},
        {nullptr, nullptr},
    };
    luaL_register(L, LUA_OSLIBNAME, functions);
    return 1;
}
