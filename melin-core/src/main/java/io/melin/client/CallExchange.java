package io.melin.client;

import io.melin.app.MelinRefusedException;
import io.melin.app.MelinUnknownOutcomeException;
import io.melin.app.Refusal;
import io.melin.stage.ThreadWakeup;
import io.melin.stage.Waiter;
import io.melin.stage.Wakeup;
import java.util.concurrent.Semaphore;
import org.jctools.queues.varhandle.MpmcVarHandleArrayQueue;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Where callers and the loop thread meet, and the loop and the callback thread.
 *
 * <p>X1: calls that were handed in and are not completed never exceed the window, so neither queue
 * is ever full. X2: a call that was handed in is finished by the loop, or refused to its caller
 * when the loop had ended; one that both saw is refused by both. Threading: as each method says.
 */
final class CallExchange<R> {
    private final Semaphore room;
    private final MpscVarHandleArrayQueue<Call<R>> inbox;
    private final MpmcVarHandleArrayQueue<Call<R>> finished;
    private final long client;
    private final Wakeup loop;
    private final Waiter callback = new ThreadWakeup();
    private volatile boolean isClosing;
    private volatile boolean isLoopEnded;
    private volatile boolean isAllFinished;
    private boolean hasNews;

    /**
     * @param client name space of the numbers, 0 for nobody
     */
    CallExchange(int window, long client, Wakeup loop) {
        this.client = client;
        this.room = new Semaphore(window);
        this.inbox = new MpscVarHandleArrayQueue<>(Math.max(2, window));
        this.finished = new MpmcVarHandleArrayQueue<>(Math.max(2, window));
        this.loop = loop;
    }

    /** Caller: what limits the calls in flight. */
    Semaphore room() {
        return room;
    }

    /** Caller: hands a call to the loop; false if there is none any more. */
    boolean handIn(Call<R> call) {
        if (!inbox.offer(call)) {
            throw new AssertionError("X1: more calls handed in than the window holds");
        }
        loop.signal();
        return !isLoopEnded;
    }

    /** Loop: the next call that was handed in, or null. */
    @Nullable Call<R> next() {
        return inbox.poll();
    }

    /** Loop: a call has its outcome. */
    void finish(Call<R> call, Outcome outcome) {
        call.finish(outcome);
        if (call.isDirect) {
            room.release();
            call.finished.countDown();
            return;
        }
        if (!finished.offer(call)) {
            throw new AssertionError("X1: more calls finished than the window holds");
        }
        hasNews = true;
    }

    /** Loop: wakes the callback thread, once for all calls that were finished since. */
    void deliver() {
        if (hasNews) {
            hasNews = false;
            callback.signal();
        }
    }

    /** Any: asks the loop to end. */
    void close() {
        isClosing = true;
        loop.signal();
    }

    boolean isClosing() {
        return isClosing;
    }

    /** Loop: refuses what comes from now on, then what came before. */
    void end() {
        isClosing = true;
        isLoopEnded = true;
        for (Call<R> call = next(); call != null; call = next()) {
            finish(call, new Outcome.Failed(closed(call)));
        }
        isAllFinished = true;
        callback.signal();
        room.release(ClientLimits.WINDOW_MAX); // whoever waits for room now learns that it is over
    }

    /** How a call ends that comes too late: a refusal only if nothing can have been applied. */
    RuntimeException closed(Call<R> call) {
        MelinRefusedException refusal = closed();
        return call.mayBeApplied()
                ? new MelinUnknownOutcomeException(call.id(client), "not sent again", refusal)
                : refusal;
    }

    static MelinRefusedException closed() {
        return new MelinRefusedException(Refusal.DRAINING, "the client is closed");
    }

    /** Whether nothing will be finished any more; ask before {@link #nextFinished}. */
    boolean isAllFinished() {
        return isAllFinished;
    }

    /** Callback thread: the next call to complete, which leaves the window, or null. */
    @Nullable Call<R> nextFinished() {
        Call<R> call = finished.poll();
        if (call != null) {
            room.release();
        }
        return call;
    }

    /** Callback thread: waits for a finished call; may return early. */
    void awaitFinished(long limitNs) {
        callback.arm();
        if (isAllFinished || !finished.isEmpty()) {
            callback.disarm();
        } else {
            callback.await(limitNs);
        }
    }
}
