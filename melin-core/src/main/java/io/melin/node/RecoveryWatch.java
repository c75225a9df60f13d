package io.melin.node;

import io.melin.health.StallProbe;
import io.melin.health.StallWatch;
import io.melin.health.StateModel;
import io.melin.stage.Stage;
import io.melin.time.TimeSource;
import java.time.Duration;
import java.util.List;

/**
 * Watches a recovery, which runs on the thread of whoever starts the node: a disk call that does
 * not come back fails the node. Nobody can interrupt that call; what follows it is refused.
 */
final class RecoveryWatch implements Stage {
    private final WatchedStorage storage;
    private final StateModel state;
    private final TimeSource time;
    private final StallWatch watch;

    /**
     * @param limit how long one disk call may take
     */
    RecoveryWatch(WatchedStorage storage, StateModel state, TimeSource time, Duration limit) {
        this.storage = storage;
        this.state = state;
        this.time = time;
        this.watch =
                new StallWatch(
                        List.of(
                                new StallProbe(
                                        name(), storage::ended, storage::isBusy, limit.toNanos())));
    }

    @Override
    public String name() {
        return "recovery";
    }

    @Override
    public int doWork() {
        String stalled = watch.check(time.tickerNs());
        if (stalled != null) {
            StageStalledException failure = new StageStalledException(stalled);
            storage.refuse(failure);
            state.fail("the recovery stands still in a disk call", failure);
        }
        return 0;
    }
}
