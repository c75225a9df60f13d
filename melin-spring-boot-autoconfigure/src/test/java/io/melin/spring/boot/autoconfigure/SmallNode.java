package io.melin.spring.boot.autoconfigure;

import java.nio.file.Path;

/** Properties of a node that starts fast. */
public final class SmallNode {
    private SmallNode() {}

    public static String[] properties(Path directory) {
        return new String[] {
            "melin.journal.directory=" + directory,
            "melin.journal.segment-size=1MB",
            "melin.journal.prezeroed=64KB",
            "melin.journal.frame-buffer=256KB",
            "melin.pipeline.input-slots=1024",
            "melin.pipeline.input-buffer=256KB",
            "melin.pipeline.output-slots=1024",
            "melin.pipeline.output-buffer=256KB",
            "melin.pipeline.in-flight=64",
            "melin.trace.sample-every=1"
        };
    }
}
