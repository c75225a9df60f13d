package io.melin.snapshot;

/**
 * A snapshot by its name; what it holds is not looked at yet.
 *
 * @param name in its directory
 * @param sequence of the last event in it
 */
public record SnapshotFile(String name, long sequence) {}
