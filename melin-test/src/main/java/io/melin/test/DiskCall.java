package io.melin.test;

/**
 * One call that reached a {@link SimulatedDisk}.
 *
 * @param file the file's name, or the directory's path
 * @param offset byte in the file, 0 where there is none
 * @param bytes how many were asked for, 0 where none were
 * @param faulted whether a scripted fault met it
 */
public record DiskCall(Kind kind, String file, long offset, int bytes, boolean faulted) {

    /** The calls of the port. */
    public enum Kind {
        OPEN,
        LIST,
        LOCK,
        READ,
        WRITE,
        FORCE,
        TRUNCATE,
        CREATE,
        RENAME,
        DELETE,
        SYNC;

        /** Whether the call alters the disk, or how much of it is durable. */
        public boolean isChange() {
            return compareTo(WRITE) >= 0;
        }
    }

    @Override
    public String toString() {
        String range = kind == Kind.WRITE || kind == Kind.READ ? "@" + offset + "+" + bytes : "";
        return kind + " " + file + range + (faulted ? " FAULT" : "");
    }
}
