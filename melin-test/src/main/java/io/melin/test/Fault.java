package io.melin.test;

/** What a {@link SimulatedDisk} does to a scripted call instead of serving it well. */
public final class Fault {
    /** The ways in which a call goes wrong. */
    enum Kind {
        ERROR,
        SHORT_WRITE,
        HOOK,
        POWER_CUT
    }

    private final Kind kind;
    private final String message;
    private final int bytes;
    private final Runnable hook;

    private Fault(Kind kind, String message, int bytes, Runnable hook) {
        this.kind = kind;
        this.message = message;
        this.bytes = bytes;
        this.hook = hook;
    }

    /**
     * The medium fails. A failed {@code force} leaves some blocks on the medium and marks the
     * others clean: readers see them, the next {@code force} succeeds, and they are never written.
     */
    public static Fault eio() {
        return new Fault(Kind.ERROR, "Input/output error", 0, () -> {});
    }

    public static Fault noSpace() {
        return new Fault(Kind.ERROR, "No space left on device", 0, () -> {});
    }

    /** A write takes only so many bytes, which is legal; 0 is no progress at all. */
    public static Fault shortWrite(int bytes) {
        return new Fault(Kind.SHORT_WRITE, "short write", bytes, () -> {});
    }

    /** The call hangs until the test releases it, then is served. */
    public static Fault stall(Stall stall) {
        return new Fault(Kind.HOOK, "stall", 0, stall::hold);
    }

    /** Runs something in the calling thread, inside the call and before it has any effect. */
    public static Fault hook(Runnable hook) {
        return new Fault(Kind.HOOK, "hook", 0, hook);
    }

    /** {@link PowerCut} out of this call and out of all later ones, until the disk is crashed. */
    public static Fault powerCut() {
        return new Fault(Kind.POWER_CUT, "power cut", 0, () -> {});
    }

    Kind kind() {
        return kind;
    }

    String message() {
        return message;
    }

    int bytes() {
        return bytes;
    }

    Runnable hook() {
        return hook;
    }

    @Override
    public String toString() {
        return message;
    }
}
