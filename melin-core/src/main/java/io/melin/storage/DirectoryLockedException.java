package io.melin.storage;

import java.io.IOException;

/** Another process, or another node of this one, holds the directory. */
public final class DirectoryLockedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String directory;
    private final String holder;

    /**
     * @param holder who holds it, as far as can be told, for instance {@code pid 4711}
     */
    public DirectoryLockedException(String directory, String holder) {
        super("directory is locked: directory=" + directory + ", holder=" + holder);
        this.directory = directory;
        this.holder = holder;
    }

    public String directory() {
        return directory;
    }

    public String holder() {
        return holder;
    }
}
