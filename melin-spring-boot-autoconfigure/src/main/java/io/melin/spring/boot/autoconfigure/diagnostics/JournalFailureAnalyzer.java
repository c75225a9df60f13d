package io.melin.spring.boot.autoconfigure.diagnostics;

import io.melin.journal.JournalException;
import io.melin.journal.JournalException.JournalIoFailure;
import io.melin.journal.JournalException.JournalLocked;
import io.melin.journal.JournalException.UnsupportedAppVersion;
import io.melin.journal.JournalException.UnsupportedCodecVersion;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says what is wrong with the journal and what to do; every exception of the family brings its own
 * hint, this adds the property and what the hint cannot know.
 */
final class JournalFailureAnalyzer extends AbstractFailureAnalyzer<JournalException> {
    private static final String DIRECTORY = "melin.journal.directory";

    @Override
    protected FailureAnalysis analyze(Throwable root, JournalException cause) {
        return new FailureAnalysis(description(cause), action(cause), cause);
    }

    private static String description(JournalException cause) {
        StringBuilder text =
                new StringBuilder("The node could not start from its journal:\n\n    ")
                        .append(cause.getMessage())
                        .append("\n\n    path: ")
                        .append(cause.path());
        append(text, "segment", cause.segment());
        append(text, "offset", cause.offset());
        append(text, "sequence", cause.sequence());
        if (!cause.expected().isEmpty()) {
            text.append("\n    expected: ").append(cause.expected());
            text.append("\n    found: ").append(cause.found());
        }
        return text.append('\n').toString();
    }

    private static void append(StringBuilder text, String name, long value) {
        if (value >= 0) {
            text.append("\n    ").append(name).append(": ").append(value);
        }
    }

    private static String action(JournalException cause) {
        if (cause instanceof JournalLocked locked) {
            return "Stop the other node ("
                    + locked.holder()
                    + "), or give this one a directory of its own with '"
                    + DIRECTORY
                    + "'. Two application contexts of one process count as two nodes.";
        }
        if (cause instanceof JournalIoFailure) {
            return "Check that the directory of '"
                    + DIRECTORY
                    + "' exists, or at least its parent does, that this user may write to it, and"
                    + " that the volume is mounted and has room. Then start again.";
        }
        if (cause instanceof UnsupportedAppVersion || cause instanceof UnsupportedCodecVersion) {
            return sentence(cause.hint())
                    + " Nothing was changed. The versions are those that the Application bean and"
                    + " the codec of its events return from version().";
        }
        return sentence(cause.hint())
                + " Nothing was changed, so the files are as they were found. If the wrong"
                + " directory was opened, correct '"
                + DIRECTORY
                + "'.";
    }

    private static String sentence(String hint) {
        return Character.toUpperCase(hint.charAt(0)) + hint.substring(1) + ".";
    }
}
