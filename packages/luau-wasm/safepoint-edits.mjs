// @ts-check
/**
 * What is changed of Luau for the time budget, see native/interrupt.h: a safepoint counts down a number that has a fixed
 * address, where Luau's own looks for a callback behind two pointers and calls it every time.
 */

const EXECUTE = "VM/src/lvmexecute.cpp";
const DECLARATIONS = `extern "C" int safepoints_left;
extern "C" void safepoint(lua_State* L);
`;

/** Safepoints that a call of a C function counts for. */
const C_CALL_COST = 64;
/** Where C calls C: there may be no safepoint for long, so the count must not wrap around. */
const COUNT_C_CALL = `if (safepoints_left > 0)
            safepoints_left -= ${C_CALL_COST};`;
/** Elements of a table that are moved in the time from one safepoint to the next. */
const MOVES_PER_SAFEPOINT = 4;
/** Safepoints that an element counts for which is sorted. */
const SORTED_COST = 8;

/** @type {readonly import("../wasm-build/edit-source.mjs").Edit[]} */
export const SAFEPOINT_EDITS = [
  {
    file: EXECUTE,
    from: `#define VM_INTERRUPT() \\
    { \\
        void (*interrupt)(lua_State*, int) = L->global->cb.interrupt; \\
        if (LUAU_UNLIKELY(!!interrupt)) \\
        { /* the interrupt hook is called right before we advance pc */ \\
            VM_PROTECT(L->ci->savedpc++; interrupt(L, -1)); \\
            if (L->status != 0) \\
            { \\
                L->ci->savedpc--; \\
                goto exit; \\
            } \\
        } \\
    }
`,
    // It never yields, so there is no status to look at.
    to: `${DECLARATIONS}
#define VM_INTERRUPT() \\
    { \\
        if (LUAU_UNLIKELY(--safepoints_left <= 0)) \\
            VM_PROTECT(L->ci->savedpc++; safepoint(L)); \\
    }
`,
  },
  {
    file: EXECUTE,
    from: `
                else
                {
                    lua_CFunction func = ccl->c.f;
`,
    to: `
                else
                {
                    safepoints_left -= ${C_CALL_COST};
                    lua_CFunction func = ccl->c.f;
`,
  },
  {
    file: EXECUTE,
    from: `
        lua_CFunction func = ccl->c.f;
`,
    to: `
        ${COUNT_C_CALL}
        lua_CFunction func = ccl->c.f;
`,
  },
  {
    file: "VM/src/lvmutils.cpp",
    from: `
    lua_CFunction func = clvalue(fun)->c.f;
`,
    to: `
    ${COUNT_C_CALL}
    lua_CFunction func = clvalue(fun)->c.f;
`,
  },
  {
    file: "VM/src/lvmutils.cpp",
    from: `#include <string.h>
`,
    to: `#include <string.h>

${DECLARATIONS}`,
  },
  {
    file: "VM/src/lstrlib.cpp",
    from: `static const char* match(MatchState* ms, const char* s, const char* p)
{
`,
    to: `${DECLARATIONS}
static const char* match(MatchState* ms, const char* s, const char* p)
{
`,
  },
  {
    file: "VM/src/lstrlib.cpp",
    from: `    lua_State* L = ms->L;
    void (*interrupt)(lua_State*, int) = L->global->cb.interrupt;

    if (LUAU_UNLIKELY(!!interrupt))
    {
        // this interrupt is not yieldable
        L->nCcalls++;
        interrupt(L, -1);
        L->nCcalls--;
    }
`,
    to: `    if (LUAU_UNLIKELY(--safepoints_left <= 0))
        safepoint(ms->L);
`,
  },
  {
    file: "VM/src/ltablib.cpp",
    from: `static void moveelements(lua_State* L, int srct, int dstt, int f, int e, int t, bool sparsemove)
{
`,
    to: `${DECLARATIONS}
static void moveelements(lua_State* L, int srct, int dstt, int f, int e, int t, bool sparsemove)
{
    if (safepoints_left > 0 && e > f)
        safepoints_left -= (e - f) / ${MOVES_PER_SAFEPOINT};
`,
  },
  {
    file: "VM/src/ltablib.cpp",
    from: `    if (n > 0)
        sort_rec(L, t, 0, n - 1, n, pred);
`,
    to: `    if (safepoints_left > 0)
        safepoints_left -= n * ${SORTED_COST};
    if (n > 0)
        sort_rec(L, t, 0, n - 1, n, pred);
`,
  },
  // The collector's turn comes at safepoints that call, see native/interrupt.h: two numbers less to load and compare.
  ...["FORNLOOP", "FORGLOOP"].map((op) => ({
    file: EXECUTE,
    from: `            VM_CASE(LOP_${op})
            {
                VM_INTERRUPT();
                VM_CHECK_GC(L);
`,
    to: `            VM_CASE(LOP_${op})
            {
                VM_INTERRUPT();
`,
  })),
];
