package io.melin.local;

import io.melin.stage.Wakeup;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

/** Calls that are done, on their way to the completion thread. Threading: any adds, one polls. */
final class FinishedCalls<E, R> {
    private final MpscVarHandleArrayQueue<Call<E, R>> queue;
    private volatile Wakeup completion = Wakeup.NONE;

    FinishedCalls(int permits) {
        queue = new MpscVarHandleArrayQueue<>(Math.max(2, permits));
    }

    void wire(Wakeup completion) {
        this.completion = completion;
    }

    /** A call that is {@link Call#DONE}; {@link #signal} when there are no more. */
    void add(Call<E, R> call) {
        if (!queue.offer(call)) {
            throw new AssertionError("D1: more calls finished than permits: call=" + call.index);
        }
    }

    /** Wakes the completion thread if there is a call that it has not taken. */
    void signal() {
        if (!queue.isEmpty()) {
            completion.signal();
        }
    }

    /** Completion thread: the next one, or null. */
    @Nullable Call<E, R> poll() {
        return queue.poll();
    }
}
