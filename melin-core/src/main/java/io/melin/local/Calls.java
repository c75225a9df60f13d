package io.melin.local;

import io.melin.app.Codec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jctools.queues.varhandle.MpmcVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

/** The permits: a fixed set of calls, each free or in flight. Threading: any. */
final class Calls<E, R> {
    private final List<Call<E, R>> all;
    private final MpmcVarHandleArrayQueue<Call<E, R>> free;

    Calls(int count, Codec<E> events) {
        all = new ArrayList<>(count);
        free = new MpmcVarHandleArrayQueue<>(Math.max(2, count));
        for (int i = 0; i < count; i++) {
            Call<E, R> call = new Call<>(i, events.fresh());
            all.add(call);
            free.offer(call);
        }
    }

    /** A free permit, or null when all are in flight. */
    @Nullable Call<E, R> take() {
        return free.poll();
    }

    /** Gives back a permit that {@link Call#recycle} has emptied. */
    void giveBack(Call<E, R> call) {
        if (!free.offer(call)) {
            throw new AssertionError("a permit was given back twice: call=" + call.index);
        }
    }

    Call<E, R> at(long index) {
        return all.get((int) index);
    }

    int inFlight() {
        return all.size() - free.size();
    }

    void forEach(Consumer<Call<E, R>> action) {
        all.forEach(action);
    }
}
