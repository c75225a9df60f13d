package io.melin.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel says of a thread: field 19 of its {@code stat}, proc(5). */
public final class Niceness {
    private static final int FIELDS_UP_TO_THE_NAME = 2;
    private static final int FIELD = 19;

    private Niceness() {}

    public static int ofCaller() {
        return of(Path.of("/proc/thread-self/stat"));
    }

    public static int of(long tid) {
        return of(Path.of("/proc/self/task/" + tid + "/stat"));
    }

    private static int of(Path stat) {
        try {
            String text = Files.readString(stat);
            String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
            return Integer.parseInt(fields[FIELD - FIELDS_UP_TO_THE_NAME - 1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
