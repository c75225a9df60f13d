package io.melin.stage;

/** Puts the calling thread on a core. Threading: any; acts on the caller only. */
@FunctionalInterface
public interface Pinning {

    /** Leaves every thread where it is. */
    Pinning NONE = core -> new Refused("pinning is switched off");

    /**
     * @param core number of the logical CPU, 0 or more
     */
    Result pin(int core);

    /** What became of the wish. */
    sealed interface Result permits Pinned, Refused {}

    /**
     * The kernel confirmed it.
     *
     * @param cores the thread's mask as the kernel prints it
     */
    record Pinned(String cores) implements Result {}

    /** The thread runs where it ran before. */
    record Refused(String reason) implements Result {}
}
