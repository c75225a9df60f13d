package io.melin.journaled;

import io.melin.event.EventHeader;
import io.melin.journal.JournalConfig;
import io.melin.journal.JournalException.ReplayFailed;
import io.melin.journal.Skip;
import io.melin.journal.SkipSearch;
import io.melin.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The entries that one replay passes over.
 *
 * <p>P1: an entry is passed over only if its bytes are those that were named. P2: a skip that was
 * found ahead counts only if the replay meets it: one in a torn tail was never there.
 *
 * <p>Threading: one.
 */
final class Skips {
    private final @Nullable Skip wanted;
    private final NavigableMap<Long, Skip> known = new TreeMap<>();
    private final Set<Skip> unmet = new HashSet<>();

    /** No entry below is to be passed over, as far as this replay has come. */
    private long next;

    private boolean isWantedPassed;
    private boolean isWantedMet;

    /**
     * @param wanted by the operator, and not journaled yet
     */
    Skips(@Nullable Skip wanted) {
        this.wanted = wanted;
        if (wanted != null) {
            known.put(wanted.sequence(), wanted);
        }
    }

    /**
     * Looks for an entry that skips the one that a replay failed at.
     *
     * @return false if there is none, or it was known and does not help
     * @throws UncheckedIOException if a file cannot be read
     */
    boolean learn(JournalConfig config, Storage storage, ReplayFailed failed) {
        try {
            Skip found = SkipSearch.find(config, storage, failed.sequence());
            return found != null && add(found);
        } catch (IOException e) {
            throw new UncheckedIOException("journal cannot be searched", e);
        }
    }

    /** Whether it was not known. */
    boolean add(Skip found) {
        next = 0;
        return known.putIfAbsent(found.sequence(), found) == null;
    }

    /** A replay begins. */
    void begin() {
        next = 0;
        isWantedPassed = false;
        isWantedMet = false;
        unmet.clear();
        unmet.addAll(known.values());
        unmet.remove(wanted);
    }

    /**
     * Whether an entry is to be passed over. Asked in the order of a replay, for every entry: it
     * must cost next to nothing.
     *
     * @throws IllegalArgumentException if another entry is meant (P1)
     */
    boolean isPassed(EventHeader header, ByteBuffer payload) {
        long sequence = header.sequence();
        if (sequence < next) {
            return false;
        }
        Map.Entry<Long, Skip> nearest = known.ceilingEntry(sequence);
        next = nearest == null ? Long.MAX_VALUE : nearest.getKey();
        if (nearest == null || next != sequence) {
            return false;
        }
        Skip skip = nearest.getValue();
        Skip found = Skip.of(header, payload);
        if (!found.equals(skip)) {
            throw new IllegalArgumentException(
                    "another entry is to be skipped: wanted=" + skip + ", found=" + found);
        }
        isWantedPassed |= skip.equals(wanted);
        return true;
    }

    /** An entry of the kind was replayed. */
    void met(Skip skip) {
        unmet.remove(skip);
        isWantedMet |= skip.equals(wanted);
    }

    /**
     * After a replay.
     *
     * @throws IllegalStateException if an entry was passed over and nobody says so (P2)
     */
    void requireMet() {
        if (!unmet.isEmpty()) {
            throw new IllegalStateException(
                    "entries were passed over whose skip is not in the journal: " + unmet);
        }
    }

    /** Whether the operator's skip took place and is yet to be journaled. */
    boolean isToBeJournaled() {
        return isWantedPassed && !isWantedMet;
    }

    /** Whether there is nothing to skip, neither now nor before. */
    boolean isMissed(long lastSequence) {
        return wanted != null && !isWantedPassed && wanted.sequence() > lastSequence;
    }
}
