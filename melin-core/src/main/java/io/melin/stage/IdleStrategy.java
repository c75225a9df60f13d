package io.melin.stage;

/**
 * What a runner does after laps without work: first it spins, then yields, then parks.
 *
 * @param spins idle laps that end in a spin hint
 * @param yields idle laps after those that end in a yield
 * @param parkNs longest park after those, nanoseconds; a wake-up ends it sooner
 */
public record IdleStrategy(int spins, int yields, long parkNs) {

    /** What follows an idle lap. */
    enum Step {
        SPIN,
        YIELD,
        PARK
    }

    public IdleStrategy {
        if (spins < 0 || yields < 0 || parkNs <= 0) {
            throw new IllegalArgumentException(
                    "idle strategy out of range: spins="
                            + spins
                            + ", yields="
                            + yields
                            + ", parkNs="
                            + parkNs);
        }
    }

    /** Spins that bridge the gap between two events of a busy node; then the core is given up. */
    private static final IdleStrategy SHARED = backoff(1_000, 10, 1_000_000);

    /** Never gives up its core: only with a core of its own. */
    public static IdleStrategy busySpin() {
        return new IdleStrategy(Integer.MAX_VALUE, 0, Long.MAX_VALUE);
    }

    public static IdleStrategy backoff(int spins, int yields, long parkNs) {
        return new IdleStrategy(spins, yields, parkNs);
    }

    /** For a thread of its own on a core that others use too. */
    public static IdleStrategy shared() {
        return SHARED;
    }

    /** This strategy where it gives up its core at least as soon as {@link #shared}, else that. */
    IdleStrategy onASharedCore() {
        return spins <= SHARED.spins && yields <= SHARED.yields ? this : SHARED;
    }

    /**
     * @param idleLaps idle laps in a row, this one included, 1 or more; saturates
     */
    Step after(int idleLaps) {
        if (idleLaps <= spins) {
            return Step.SPIN;
        }
        return idleLaps - spins <= yields ? Step.YIELD : Step.PARK;
    }
}
