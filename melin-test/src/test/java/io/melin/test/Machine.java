package io.melin.test;

import io.melin.app.EventId;
import io.melin.journaled.JournaledApplication.Program;
import io.melin.storage.Storage;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

/**
 * What a history runs on, and what a planted bug takes the place of.
 *
 * @param storage what stands between the node and its disk
 * @param program application and codecs for an interval of ticks
 * @param ids the id of a number's request, each time it is sent
 */
record Machine(
        UnaryOperator<Storage> storage,
        Function<Duration, Program<Long, Long>> program,
        LongFunction<EventId> ids) {

    /** All as it should be. */
    static final Machine SOUND =
            new Machine(
                    UnaryOperator.identity(),
                    LedgerApplication::program,
                    value -> EventId.of(value % 3, value));

    Machine withStorage(UnaryOperator<Storage> other) {
        return new Machine(other, program, ids);
    }

    Machine withProgram(Function<Duration, Program<Long, Long>> other) {
        return new Machine(storage, other, ids);
    }

    Machine withIds(LongFunction<EventId> other) {
        return new Machine(storage, program, other);
    }
}
