package io.melin.shadow;

import java.util.concurrent.locks.LockSupport;

/** How a shadow lets the device rest. */
@FunctionalInterface
public interface Pause {
    /** Of a thread that is there for nothing else. */
    Pause PARK = LockSupport::parkNanos;

    /** For whoever steps the shadow by hand. */
    Pause NONE = ns -> {};

    void pause(long ns);
}
