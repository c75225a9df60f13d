package io.melin.health;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the stage that has work and does not get on with it, so that a write or a sync that never
 * returns fails the node instead of hanging it.
 *
 * <p>W1: only time counts that the watch saw go by, with work at hand and the same progress at both
 * ends; a stage that idled for a day is not late with its first piece of work. W2: one check
 * charges a quarter of the limit at most; a machine that slept, or a process that was stopped, does
 * not wake up failed. So a stall shows after its limit if checks come at least four times as often,
 * and after four checks otherwise.
 *
 * <p>Threading: one control thread; no clock and no thread of its own.
 */
public final class StallWatch {
    static final int CHECKS_PER_LIMIT = 4;

    private final List<StallProbe> probes;
    private final long[] progressBefore;
    private final boolean[] hadWork;
    private final long[] stalledNs;
    private long checkedNs;
    private boolean isChecked;

    public StallWatch(List<StallProbe> probes) {
        this.probes = List.copyOf(probes);
        this.progressBefore = new long[probes.size()];
        this.hadWork = new boolean[probes.size()];
        this.stalledNs = new long[probes.size()];
    }

    /**
     * Looks at every probe once.
     *
     * <p>Returns the name of the first one that is over its limit, in the order given, or null.
     */
    public @Nullable String check(long nowNs) {
        long passedNs = isChecked ? Math.max(0, nowNs - checkedNs) : 0;
        checkedNs = nowNs;
        isChecked = true;
        String stalled = null;
        for (int index = 0; index < probes.size(); index++) {
            StallProbe probe = probes.get(index);
            charge(index, probe, passedNs);
            if (stalled == null && stalledNs[index] >= probe.limitNs()) {
                stalled = probe.name();
            }
        }
        return stalled;
    }

    private void charge(int index, StallProbe probe, long passedNs) {
        long progress = probe.progress().getAsLong();
        boolean hasWork = probe.hasWork().getAsBoolean();
        boolean isStuck = hasWork && hadWork[index] && progress == progressBefore[index];
        long chargeNs = Math.min(passedNs, quarterNs(probe));
        stalledNs[index] = isStuck ? stalledNs[index] + chargeNs : 0;
        progressBefore[index] = progress;
        hadWork[index] = hasWork;
    }

    /** Rounded up, so that four of them reach the limit. */
    private static long quarterNs(StallProbe probe) {
        return (probe.limitNs() - 1) / CHECKS_PER_LIMIT + 1;
    }
}
