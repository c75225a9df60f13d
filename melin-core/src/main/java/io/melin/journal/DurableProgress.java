package io.melin.journal;

/**
 * One point up to which the journal is on stable media.
 *
 * @param sequence of the last durable entry, 0 for none ever
 * @param segment number of the live segment
 * @param offset in that segment, behind the entry
 */
public record DurableProgress(long sequence, long segment, long offset) {}
