#include "subject.h"

#include "Luau/Bytecode.h"
#include "Luau/BytecodeUtils.h"

#include "ldebug.h"
#include "lfunc.h"
#include "lgc.h"
#include "lobject.h"
#include "lstate.h"
#include "ltable.h"

#include <string.h>

// Bytes of one name.
constexpr size_t NAME_MAX_BYTES = 64;
// Keys that are walked for names: a script may fill a table with millions.
constexpr int KEYS_MAX = 4096;
// Tables that are asked one after another, by `__index`.
constexpr int INDEX_CHAIN_MAX = 4;

// It runs once for each program that fails: the module, which every page fetches, is better small here than fast.
#define RARE __attribute__((noinline, minsize))

namespace
{

// A named value: where it stands, or would have to stand.
struct Named
{
    int count = 0; // of names; 0 where it has no path
    const TString* names[PATH_MAX_NAMES];
    char separators[PATH_MAX_NAMES];
    bool is_global = false;
    const TValue* value = luaO_nilobject; // nil where it is not known
    const TValue* parent = luaO_nilobject;
};

struct Function
{
    lua_State* L;
    const CallInfo* ci;
    const Closure* closure;
    const Proto* proto;
};

RARE const TValue* metatable_index(lua_State* L, const TValue* value)
{
    const LuaTable* metatable = ttistable(value) ? hvalue(value)->metatable : ttisuserdata(value) ? uvalue(value)->metatable : nullptr;
    if (ttisstring(value))
        metatable = L->global->mt[LUA_TSTRING];
    if (!metatable)
        return luaO_nilobject;
    return luaH_getstr(const_cast<LuaTable*>(metatable), L->global->tmname[TM_INDEX]);
}

// Without calling anything.
RARE const TValue* member_of(lua_State* L, const TValue* parent, const TString* key)
{
    for (int i = 0; i < INDEX_CHAIN_MAX; i++)
    {
        if (ttistable(parent))
        {
            const TValue* value = luaH_getstr(hvalue(parent), const_cast<TString*>(key));
            if (!ttisnil(value))
                return value;
        }
        parent = metatable_index(L, parent);
    }
    return luaO_nilobject;
}

RARE void collect_members(lua_State* L, const TValue* parent, Subject& subject)
{
    int walked = 0;
    for (int i = 0; i < INDEX_CHAIN_MAX; i++)
    {
        if (ttistable(parent))
        {
            const LuaTable* table = hvalue(parent);
            for (int n = 0; n < sizenode(table) && subject.member_count < MEMBERS_MAX && walked < KEYS_MAX; n++, walked++)
            {
                const LuaNode* node = gnode(table, n);
                if (!ttisnil(gval(node)) && ttisstring(gkey(node)) && tsvalue(gkey(node))->len <= NAME_MAX_BYTES)
                    subject.members[subject.member_count++] = tsvalue(gkey(node));
            }
        }
        parent = metatable_index(L, parent);
    }
}

RARE void add_name(Named& named, const TString* name, char separator)
{
    if (named.count == PATH_MAX_NAMES || name->len > NAME_MAX_BYTES)
    {
        named = Named();
        return;
    }
    named.names[named.count] = name;
    named.separators[named.count++] = separator;
}

RARE Named root(const TString* name, bool is_global, const TValue* value, const TValue* parent)
{
    Named named;
    named.is_global = is_global;
    named.value = value;
    named.parent = parent;
    add_name(named, name, 0);
    return named;
}

RARE Named member(lua_State* L, Named of, const TValue* key, char separator)
{
    if (of.count == 0 || !ttisstring(key))
        return Named();
    of.parent = of.value;
    of.value = member_of(L, of.value, tsvalue(key));
    add_name(of, tsvalue(key), separator);
    return of;
}

RARE Named global(const Function& f, const TValue* key, TValue& environment)
{
    if (!ttisstring(key))
        return Named();
    sethvalue(f.L, &environment, f.closure->env);
    return root(tsvalue(key), true, member_of(f.L, &environment, tsvalue(key)), &environment);
}

// The path of an import up to the first value that is nil: with `until_nil`, what the failed instruction looked into.
RARE Named import(const Function& f, uint32_t ids, bool until_nil, TValue& environment)
{
    const TValue* k = f.proto->k;
    int count = int(ids >> 30);
    Named named = global(f, &k[(ids >> 20) & 1023], environment);
    for (int i = 1; i < count && !(until_nil && ttisnil(named.value)); i++)
        named = member(f.L, named, &k[(ids >> (20 - 10 * i)) & 1023], '.');
    return named;
}

RARE bool writes(Instruction insn, int reg)
{
    int a = int(LUAU_INSN_A(insn));
    switch (LUAU_INSN_OP(insn))
    {
    case LOP_NOP:
    case LOP_BREAK:
    case LOP_SETGLOBAL:
    case LOP_SETUPVAL:
    case LOP_CLOSEUPVALS:
    case LOP_SETTABLE:
    case LOP_SETTABLEKS:
    case LOP_SETTABLEN:
    case LOP_SETUDATAKS:
    case LOP_SETLIST:
    case LOP_RETURN:
    case LOP_JUMP:
    case LOP_JUMPBACK:
    case LOP_JUMPX:
    case LOP_JUMPIF:
    case LOP_JUMPIFNOT:
    case LOP_JUMPIFEQ:
    case LOP_JUMPIFLE:
    case LOP_JUMPIFLT:
    case LOP_JUMPIFNOTEQ:
    case LOP_JUMPIFNOTLE:
    case LOP_JUMPIFNOTLT:
    case LOP_JUMPXEQKNIL:
    case LOP_JUMPXEQKB:
    case LOP_JUMPXEQKN:
    case LOP_JUMPXEQKS:
    case LOP_PREPVARARGS:
    case LOP_COVERAGE:
    case LOP_CAPTURE:
        return false;
    case LOP_CALL:
    case LOP_CALLFB:
    case LOP_GETVARARGS:
    case LOP_FORNPREP:
    case LOP_FORNLOOP:
    case LOP_FORGPREP:
    case LOP_FORGPREP_INEXT:
    case LOP_FORGPREP_NEXT:
    case LOP_FORGLOOP:
        return reg >= a;
    case LOP_FASTCALL:
    case LOP_FASTCALL1:
    case LOP_FASTCALL2:
    case LOP_FASTCALL2K:
    case LOP_FASTCALL3:
    case LOP_FASTPCALL:
        return false; // the call behind it does
    case LOP_NAMECALL:
    case LOP_NAMECALLUDATA:
        return reg == a || reg == a + 1;
    default:
        return reg == a;
    }
}

// The instruction before `before` that has surely put the register's value there, or -1.
RARE int setter_of(const Proto* proto, int reg, int before)
{
    int setter = -1;
    int last_target = -1;
    for (int pc = 0; pc < before; pc += Luau::getOpLength(LuauOpcode(LUAU_INSN_OP(proto->code[pc]))))
    {
        Instruction insn = proto->code[pc];
        if (writes(insn, reg))
            setter = pc;
        // A fast call jumps over the call that it stands for, and that writes the same.
        int target = Luau::isFastCall(LuauOpcode(LUAU_INSN_OP(insn))) ? -1 : Luau::getJumpTarget(insn, uint32_t(pc));
        if (target <= before && target > last_target)
            last_target = target;
    }
    // Where paths join behind it, another one may have put something else there.
    return last_target > setter ? -1 : setter;
}

RARE Named name_of(const Function& f, int reg, int before, TValue& environment, int depth = 0)
{
    if (depth > PATH_MAX_NAMES)
        return Named();
    if (const LocVar* local = luaF_findlocal(f.proto, reg, before))
        return root(local->varname, false, f.ci->base + reg, luaO_nilobject);
    int pc = setter_of(f.proto, reg, before);
    if (pc < 0)
        return Named();
    const Instruction* code = f.proto->code;
    const TValue* k = f.proto->k;
    Instruction insn = code[pc];
    switch (LUAU_INSN_OP(insn))
    {
    case LOP_MOVE:
        return name_of(f, int(LUAU_INSN_B(insn)), pc, environment, depth + 1);
    case LOP_GETGLOBAL:
        return global(f, &k[code[pc + 1]], environment);
    case LOP_GETIMPORT:
        return import(f, code[pc + 1], false, environment);
    case LOP_GETUPVAL:
    {
        int index = int(LUAU_INSN_B(insn));
        if (index >= f.proto->sizeupvalues || !f.proto->upvalues[index])
            return Named();
        const TValue* up = &f.closure->l.uprefs[index];
        return root(f.proto->upvalues[index], false, ttisupval(up) ? upvalue(up)->v : up, luaO_nilobject);
    }
    case LOP_GETTABLEKS:
        return member(f.L, name_of(f, int(LUAU_INSN_B(insn)), pc, environment, depth + 1), &k[code[pc + 1]], '.');
    case LOP_NAMECALL:
        if (reg != int(LUAU_INSN_A(insn)))
            return name_of(f, int(LUAU_INSN_B(insn)), pc, environment, depth + 1);
        return member(f.L, name_of(f, int(LUAU_INSN_B(insn)), pc, environment, depth + 1), &k[code[pc + 1]], ':');
    default:
        return Named();
    }
}

// The instruction at or around `at`, which may be the second word of one.
RARE int instruction_at(const Proto* proto, int at)
{
    int pc = 0;
    for (;;)
    {
        int next = pc + Luau::getOpLength(LuauOpcode(LUAU_INSN_OP(proto->code[pc])));
        if (next > at || next >= proto->sizecode)
            return pc;
        pc = next;
    }
}

RARE Named failed_operand(const Function& f, TValue& environment)
{
    const Instruction* code = f.proto->code;
    int pc = instruction_at(f.proto, pcRel(f.ci->savedpc, f.proto));
    Instruction insn = code[pc];
    auto named = [&](uint32_t reg) {
        return name_of(f, int(reg), pc, environment);
    };
    auto is_number = [&](uint32_t reg) {
        return ttisnumber(f.ci->base + reg);
    };
    uint32_t a = LUAU_INSN_A(insn), b = LUAU_INSN_B(insn), c = LUAU_INSN_C(insn);
    switch (LUAU_INSN_OP(insn))
    {
    case LOP_CALL:
    case LOP_FORGPREP:
    case LOP_FORGPREP_INEXT:
    case LOP_FORGPREP_NEXT:
    case LOP_FORGLOOP:
    case LOP_SETLIST:
        return named(a);
    case LOP_GETIMPORT:
        return import(f, code[pc + 1], true, environment);
    case LOP_NAMECALL:
    {
        // The object is moved next to the function first.
        Named object = named(b);
        if (ttisnil(f.ci->base + a + 1))
            return object;
        return member(f.L, object, &f.proto->k[code[pc + 1]], ':');
    }
    case LOP_GETTABLE:
    case LOP_GETTABLEKS:
    case LOP_GETTABLEN:
    case LOP_SETTABLE:
    case LOP_SETTABLEKS:
    case LOP_SETTABLEN:
    case LOP_MINUS:
    case LOP_LENGTH:
    case LOP_ADDK:
    case LOP_SUBK:
    case LOP_MULK:
    case LOP_DIVK:
    case LOP_MODK:
    case LOP_POWK:
    case LOP_IDIVK:
        return named(b);
    case LOP_SUBRK:
    case LOP_DIVRK:
        return named(c);
    case LOP_ADD:
    case LOP_SUB:
    case LOP_MUL:
    case LOP_DIV:
    case LOP_MOD:
    case LOP_POW:
    case LOP_IDIV:
        return named(is_number(b) ? c : b);
    case LOP_CONCAT:
        for (uint32_t reg = b; reg <= c; reg++)
            if (!is_number(reg) && !ttisstring(f.ci->base + reg))
                return named(reg);
        return Named();
    case LOP_JUMPIFLE:
    case LOP_JUMPIFLT:
    case LOP_JUMPIFNOTLE:
    case LOP_JUMPIFNOTLT:
        return named(is_number(a) ? code[pc + 1] & 0xff : a);
    default:
        return Named();
    }
}

} // namespace

RARE Origin origin_of(lua_State* L)
{
    const CallInfo* ci = L->ci;
    if (!ttisfunction(ci->func))
        return Origin::script;
    const Closure* closure = clvalue(ci->func);
    if (!closure->isC)
        return Origin::operation;
    // One that wraps a coroutine raises again what that has raised, and has no name.
    const TString* name = closure->c.debugname;
    bool raises_for_script = !name || strcmp(getstr(name), "error") == 0 || strcmp(getstr(name), "assert") == 0;
    return raises_for_script ? Origin::script : Origin::function;
}

RARE void subject_of(lua_State* L, Subject& subject)
{
    const CallInfo* ci = L->ci;
    if (origin_of(L) != Origin::operation || !ci->savedpc)
        return;
    const Closure* closure = clvalue(ci->func);
    TValue environment;
    setnilvalue(&environment);
    Named named = failed_operand(Function{L, ci, closure, closure->l.p}, environment);
    subject.name_count = named.count;
    memcpy(subject.names, named.names, sizeof(subject.names));
    memcpy(subject.separators, named.separators, sizeof(subject.separators));
    subject.is_global = named.is_global;
    if (named.count > 0)
        collect_members(L, named.parent, subject);
}
