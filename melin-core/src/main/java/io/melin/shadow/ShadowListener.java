package io.melin.shadow;

/** Is told when a shadow stops for good. Threading: the shadow's thread; must not throw. */
@FunctionalInterface
public interface ShadowListener {

    ShadowListener NONE = alarm -> {};

    /**
     * @param alarm a {@link io.melin.journal.JournalException} for damage that it read, a {@link
     *     io.melin.snapshot.SnapshotException} for a snapshot that it cannot take, or what the
     *     application threw
     */
    void onAlarm(Throwable alarm);
}
