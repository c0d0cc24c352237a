// Threads: the entries through which script code runs.
#include "boundary.h"
#include "failure.h"
#include "interrupt.h"
#include "memory.h"
#include "protect.h"
#include "value.h"

// A new thread that will run the function: its reference, or 0 when there is no memory.
EXPORTED(thread_new) int32_t thread_new(Runtime* rt, int function)
{
    int reference = 0;
    lua_State* script = rt->script;
    int status = guarded_with_room(*rt, script, [=, &reference](lua_State* L) {
        lua_rawcheckstack(L, 2);
        lua_State* thread = lua_newthread(L);
        lua_getref(L, function);
        lua_xmove(L, thread, 1);
        reference = lua_ref(L, -1);
        lua_pop(L, 1);
    });
    return finish_guarded(script, status) == abi::STATUS_OK ? reference : 0;
}

static lua_State* thread_at(Runtime& rt, int reference)
{
    lua_getref(rt.main, reference);
    lua_State* thread = lua_tothread(rt.main, -1);
    lua_pop(rt.main, 1);
    return thread;
}

static int costatus(Runtime& rt, lua_State* thread)
{
    return lua_costatus(running_thread && running_thread->global == rt.main->global ? running_thread : rt.main, thread);
}

EXPORTED(thread_status) int32_t thread_status(Runtime* rt, int reference)
{
    static_assert(LUA_CORUN == abi::THREAD_RUNNING && LUA_COSUS == abi::THREAD_SUSPENDED && LUA_CONOR == abi::THREAD_NORMAL, "");
    static_assert(LUA_COFIN == abi::THREAD_FINISHED && LUA_COERR == abi::THREAD_FAILED, "");
    return costatus(*rt, thread_at(*rt, reference));
}

// Runs the thread. `prepare` lays what it gets onto its stack, from the main one.
template<typename Prepare, typename Resume>
static int32_t enter(Runtime& rt, int reference, double budget, Prepare&& prepare, Resume&& resume)
{
    lua_State* thread = thread_at(rt, reference);
    if (costatus(rt, thread) != LUA_COSUS)
        return abi::STATUS_NOT_SUSPENDED;

    int prepared = guarded_with_room(rt, rt.main, [&](lua_State* L) {
        prepare(L, thread);
    });
    if (finish_guarded(rt.main, prepared) != abi::STATUS_OK)
    {
        boundary.cell.second = 0; // there is no report: the thread has not run
        return abi::STATUS_MEMORY;
    }

    TimeBudget time(budget);
    rt.answered = thread;
    lua_State* outer = running_thread;
    running_thread = thread;
    int status = resume(thread, outer);
    running_thread = outer;
    rt.answered = nullptr;

    bool spent = time.spent();
    if (status == LUA_OK || status == LUA_YIELD)
    {
        // A library function as the thread's own function could swallow the last error.
        if (!spent)
        {
            boundary.cell.first = uint32_t(uintptr_t(thread));
            boundary.cell.second = uint32_t(lua_gettop(thread));
            return status == LUA_OK ? abi::STATUS_OK : abi::STATUS_SUSPENDED;
        }
        lua_rawcheckstack(thread, 1);
        lua_pushnil(thread);
    }
    failure_note(rt, thread);
    boundary.cell.integer = int64_t(uintptr_t(thread));
    return spent ? abi::STATUS_INTERRUPTED : status == LUA_ERRMEM ? abi::STATUS_MEMORY : abi::STATUS_ERROR;
}

// Starts or resumes a thread with the values in the outbox. The cell holds the thread's stack and the number of its
// results, or the report of its failure and the thread's stack in place of the number.
EXPORTED(thread_resume) int32_t thread_resume(Runtime* rt, int reference, uint32_t count, double budget)
{
    Outbox outbox(*rt, count);
    return enter(
        *rt, reference, budget,
        [&](lua_State* L, lua_State* thread) {
            outbox.push(L);
            lua_rawcheckstack(thread, int(count));
            lua_xmove(L, thread, int(count));
        },
        [count, &outbox](lua_State* thread, lua_State* from) {
            outbox.release();
            return lua_resume(thread, from, int(count));
        }
    );
}

// Resumes a thread by raising the text in the outbox where it is suspended, with its position in front.
EXPORTED(thread_fail) int32_t thread_fail(Runtime* rt, int reference, double budget)
{
    Outbox outbox(*rt, 1);
    return enter(
        *rt, reference, budget,
        [&](lua_State* L, lua_State* thread) {
            lua_rawcheckstack(L, 3);
            lua_Debug ar;
            if (lua_getinfo(thread, 1, "sl", &ar) && ar.currentline > 0)
                lua_pushfstring(L, "%s:%d: ", ar.short_src, ar.currentline);
            else
                lua_pushliteral(L, "");
            outbox.push_one(L, 0);
            lua_concat(L, 2);
            lua_rawcheckstack(thread, 1);
            lua_xmove(L, thread, 1);
        },
        [&outbox](lua_State* thread, lua_State* from) {
            outbox.release();
            return lua_resumeerror(thread, from);
        }
    );
}
