package io.melin.test;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One directory: the names that callers see, those on the medium, and the changes between the two.
 *
 * <p>D3: a name is on the medium for certain only after a {@link #sync} that returned; a file that
 * was forced but whose name was not synced may be gone. D4: a rename is whole or absent.
 */
final class NameTable {
    private final long id;
    private final TreeMap<String, Inode> visible = new TreeMap<>();
    private final TreeMap<String, Inode> durable = new TreeMap<>();
    private final List<Change> unsynced = new ArrayList<>();

    /** Creation: {@code from} is null. Deletion: {@code to} is null. */
    private record Change(@Nullable String from, @Nullable String to, Inode inode) {

        /** Whether the directory, as it would be found, allows the change at all. */
        boolean appliesTo(TreeMap<String, Inode> names) {
            return from == null || names.get(from) == inode;
        }

        void applyTo(TreeMap<String, Inode> names) {
            if (from != null) {
                names.remove(from, inode);
            }
            if (to != null) {
                names.put(to, inode);
            }
        }
    }

    NameTable(long id) {
        this.id = id;
    }

    /** A directory in which everything is on the medium. */
    void put(String name, Inode inode) {
        visible.put(name, inode);
        durable.put(name, inode);
    }

    TreeMap<String, Inode> visible() {
        return visible;
    }

    TreeMap<String, Inode> durable() {
        return durable;
    }

    void create(String name, Inode inode) {
        change(new Change(null, name, inode));
    }

    void rename(String from, String to, Inode inode) {
        change(new Change(from, to, inode));
    }

    void delete(String name, Inode inode) {
        change(new Change(name, null, inode));
    }

    private void change(Change change) {
        change.applyTo(visible);
        unsynced.add(change);
    }

    void sync() {
        for (Change change : unsynced) {
            change.applyTo(durable);
        }
        unsynced.clear();
    }

    /** As with a failed force: some changes made it, the others are never tried again. */
    void failSync(CrashPlan plan) {
        TreeMap<String, Inode> outcome = afterCrash(plan);
        durable.clear();
        durable.putAll(outcome);
        unsynced.clear();
    }

    /** The names that are found after a power cut now. */
    TreeMap<String, Inode> afterCrash(CrashPlan plan) {
        TreeMap<String, Inode> image = new TreeMap<>(durable);
        SplittableRandom dice = plan.dice(~id);
        int kept =
                switch (plan.names()) {
                    case LOST -> 0;
                    case ORDERED -> dice.nextInt(unsynced.size() + 1);
                    case KEPT, ANY -> unsynced.size();
                };
        for (Change change : unsynced.subList(0, kept)) {
            boolean lost = plan.names() == CrashPlan.Names.ANY && dice.nextBoolean();
            if (!lost && change.appliesTo(image)) {
                change.applyTo(image);
            }
        }
        return image;
    }
}
