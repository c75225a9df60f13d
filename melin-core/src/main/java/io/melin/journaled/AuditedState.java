package io.melin.journaled;

import io.melin.apply.EventApplier;
import io.melin.integrity.ChainHash;

/**
 * A state of an earlier moment.
 *
 * @param applier nobody else's; its application answers queries, its position says what it holds
 * @param afterSequence of the snapshot that it was rebuilt from, 0 for the first entry
 * @param entries applied behind that
 * @param digest SHA-256 over the state's snapshot, chunking excluded: what the trailer of a
 *     snapshot of this moment holds
 */
public record AuditedState<E, R>(
        EventApplier<E, R> applier, long afterSequence, long entries, ChainHash digest) {}
