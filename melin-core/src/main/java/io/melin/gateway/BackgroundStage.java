package io.melin.gateway;

import io.melin.stage.Stage;
import io.melin.stage.Wakeup;
import io.melin.time.TimeSource;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * What would hold up the ingress: signatures, TLS handshakes, the key file. A thread of its own, so
 * that at most one core is spent on strangers.
 */
final class BackgroundStage implements Stage, Executor {
    private static final int TASKS_MAX = 1_024;
    private static final int LAP_TASKS = 8;
    private static final long RELOAD_NS = 1_000_000_000;

    private final MpscVarHandleArrayQueue<Runnable> tasks =
            new MpscVarHandleArrayQueue<>(TASKS_MAX);
    private final @Nullable AuthorizedKeys keys;
    private final TimeSource time;
    private volatile Wakeup own = Wakeup.NONE;
    private long reloadedNs;

    BackgroundStage(@Nullable AuthorizedKeys keys, TimeSource time) {
        this.keys = keys;
        this.time = time;
    }

    void wire(Wakeup wakeup) {
        own = wakeup;
    }

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public void onStart() {
        reloadedNs = time.tickerNs();
    }

    @Override
    public int doWork() {
        int done = 0;
        Runnable task = tasks.poll();
        while (task != null) {
            task.run();
            done++;
            task = done < LAP_TASKS ? tasks.poll() : null;
        }
        if (keys != null && time.tickerNs() - reloadedNs >= RELOAD_NS) {
            reloadedNs = time.tickerNs();
            keys.reload();
        }
        return done;
    }

    /**
     * Any thread.
     *
     * @throws RejectedExecutionException when too much waits already
     */
    @Override
    public void execute(Runnable task) {
        if (!tryExecute(task)) {
            throw new RejectedExecutionException("too many handshakes at once");
        }
    }

    /** As {@link #execute}; false when too much waits already. */
    boolean tryExecute(Runnable task) {
        boolean isTaken = tasks.offer(task);
        own.signal();
        return isTaken;
    }
}
