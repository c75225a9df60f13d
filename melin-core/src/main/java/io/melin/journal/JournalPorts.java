package io.melin.journal;

import io.melin.storage.Storage;
import io.melin.time.TimeSource;
import java.security.SecureRandom;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * What a journal needs from outside.
 *
 * @param isStopped whether the node was declared failed; asked after each sync, on the thread that
 *     did it: what became durable after that is not published
 * @param entropy of the lineage id and the first anchor, once in a journal's life
 */
public record JournalPorts(
        Storage storage, TimeSource time, BooleanSupplier isStopped, RandomGenerator entropy) {

    /** Of a node that is never declared failed, with real randomness. */
    public JournalPorts(Storage storage, TimeSource time) {
        this(storage, time, () -> false);
    }

    /** With real randomness. */
    public JournalPorts(Storage storage, TimeSource time, BooleanSupplier isStopped) {
        this(storage, time, isStopped, new SecureRandom());
    }
}
