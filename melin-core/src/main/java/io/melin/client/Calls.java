package io.melin.client;

import io.melin.app.MelinRefusedException;
import io.melin.app.MelinUnknownOutcomeException;
import io.melin.app.Refusal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The calls that the loop thread holds, each in one of three lines: waiting to be sent, sent on
 * this connection and not answered, refused for now and to be sent again.
 *
 * <p>L1: a call leaves for good exactly once, with one outcome. L2: after a lost connection what
 * was not answered goes out again in the order in which it went out last, before anything new. L3:
 * a client that is nobody sends nothing twice that may have been applied. L4: no number is sent
 * that is {@link ClientLimits#WINDOW_MAX} or more above one that was sent and is open, so none
 * falls out of the server's window by our doing. A call that ended before its answer came stays in
 * its place in the line of sent ones, since the answers come in that order.
 */
final class Calls<R> {
    private static final long NEVER = Long.MAX_VALUE;

    private final CallExchange<R> exchange;
    private final long client;
    private final Deque<Call<R>> waiting = new ArrayDeque<>();
    private final Deque<Call<R>> sent = new ArrayDeque<>();
    private final Deque<Call<R>> again = new ArrayDeque<>();
    private long lowestOpen = NEVER;
    private long earliestDeadlineNs;
    private boolean hasDeadline;

    /**
     * @param client name space of the numbers, 0 for nobody
     */
    Calls(CallExchange<R> exchange, long client) {
        this.exchange = exchange;
        this.client = client;
    }

    /** Takes what callers handed in. */
    void take() {
        for (Call<R> call = exchange.next(); call != null; call = exchange.next()) {
            waiting.add(call);
            watch(call);
        }
    }

    /** Calls whose answers are to come on this connection. */
    int inFlight() {
        return sent.size();
    }

    /** The next call to be sent, or null. */
    @Nullable Call<R> next() {
        return again.isEmpty() ? waiting.peek() : again.peek();
    }

    /** Takes {@link #next} out of its line. */
    Call<R> removeNext() {
        return again.isEmpty() ? waiting.remove() : again.remove();
    }

    /** Whether a call can be sent now by its number (L4); what has none yet asks for the next. */
    boolean isInSpan(long number) {
        if (client == 0 || number < lowestOpen || number - lowestOpen < ClientLimits.WINDOW_MAX) {
            return true;
        }
        lowestOpen = Math.min(lowest(sent), lowest(again));
        return number < lowestOpen || number - lowestOpen < ClientLimits.WINDOW_MAX;
    }

    private long lowest(Deque<Call<R>> line) {
        long lowest = NEVER;
        for (Call<R> call : line) {
            if (!call.isFinished() && call.number() > 0) {
                lowest = Math.min(lowest, call.number());
            }
        }
        return lowest;
    }

    /** The call goes out. */
    void sent(Call<R> call) {
        call.sent();
        sent.add(call);
        lowestOpen = Math.min(lowestOpen, call.number());
    }

    /** The call whose answer comes next, or null. */
    @Nullable Call<R> oldest() {
        return sent.peek();
    }

    /** The answer of {@link #oldest} is complete: it leaves the line. */
    Call<R> answered() {
        Call<R> call = sent.remove();
        call.answered();
        return call;
    }

    /** A call that was answered is sent again later, unless it ended meanwhile. */
    void retry(Call<R> call) {
        if (!call.isFinished()) {
            again.add(call);
        }
    }

    /** A call ends, unless it did. */
    void finish(Call<R> call, Outcome outcome) {
        if (!call.isFinished()) {
            exchange.finish(call, outcome);
        }
    }

    void fail(Call<R> call, RuntimeException cause) {
        finish(call, new Outcome.Failed(cause));
    }

    /** The connection is gone: all goes out again (L2), or for nobody ends where it is (L3). */
    void lost(String why) {
        List<Call<R>> order = new ArrayList<>(again);
        order.addAll(sent);
        again.clear();
        sent.clear();
        lowestOpen = NEVER;
        for (int i = order.size() - 1; i >= 0; i--) {
            Call<R> call = order.get(i);
            if (client == 0 && call.mayBeApplied()) {
                fail(call, unknown(call, why, null));
            } else if (!call.isFinished()) {
                waiting.addFirst(call);
            }
        }
    }

    /**
     * Ends what is overdue.
     *
     * @param why what to say of those that were never sent
     * @return nanoseconds until the next deadline
     */
    long expire(long nowNs, String why) {
        if (hasDeadline && nowNs - earliestDeadlineNs >= 0) {
            hasDeadline = false;
            expire(waiting, nowNs, why);
            expire(again, nowNs, why);
            expire(sent, nowNs, why);
            waiting.removeIf(Call::isFinished);
            again.removeIf(Call::isFinished);
        }
        return hasDeadline ? earliestDeadlineNs - nowNs : NEVER;
    }

    private void expire(Deque<Call<R>> line, long nowNs, String why) {
        for (Call<R> call : line) {
            if (call.isFinished()) {
                continue;
            }
            if (call.isOverdue(nowNs)) {
                fail(call, unanswered(call, "no answer in time", why));
            } else {
                watch(call);
            }
        }
    }

    private void watch(Call<R> call) {
        if (!hasDeadline || call.deadlineNs - earliestDeadlineNs < 0) {
            earliestDeadlineNs = call.deadlineNs;
            hasDeadline = true;
        }
    }

    /** Everything ends here. */
    void close(String why) {
        take();
        for (Deque<Call<R>> line : List.of(sent, again, waiting)) {
            for (Iterator<Call<R>> calls = line.iterator(); calls.hasNext(); calls.remove()) {
                Call<R> call = calls.next();
                if (!call.isFinished()) {
                    fail(call, unanswered(call, why, why));
                }
            }
        }
    }

    /** How a call ends without a final answer: refused only if nothing can have been applied. */
    private RuntimeException unanswered(Call<R> call, String what, String why) {
        if (call.mayBeApplied()) {
            return unknown(call, what + "; " + why, null);
        }
        Refusal last = call.refusal;
        return last == null
                ? new MelinRefusedException(Refusal.DRAINING, "never sent: " + why)
                : new MelinRefusedException(last, "refused until the deadline; " + why);
    }

    /** It was sent to a server that took more, or it never can be. */
    RuntimeException tooLarge(Call<R> call, int payloadBytes, int max) {
        String what = "over the limit: bytes=" + payloadBytes + ", max=" + max;
        return call.mayBeApplied()
                ? unknown(call, what, null)
                : new MelinRefusedException(Refusal.TOO_LARGE, what);
    }

    MelinUnknownOutcomeException unknown(Call<R> call, String why, @Nullable Throwable cause) {
        return new MelinUnknownOutcomeException(call.id(client), why, cause);
    }
}
