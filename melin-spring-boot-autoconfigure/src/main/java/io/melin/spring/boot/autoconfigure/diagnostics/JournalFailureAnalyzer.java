package io.melin.spring.boot.autoconfigure.diagnostics;

import io.melin.journal.JournalException;
import io.melin.journal.JournalException.JournalIoFailure;
import io.melin.journal.JournalException.JournalLocked;
import io.melin.journal.JournalException.ReplayFailed;
import io.melin.journal.JournalException.UnsupportedAppVersion;
import io.melin.journal.JournalException.UnsupportedCodecVersion;
import java.util.Locale;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says what is wrong with the journal and what to do; every exception of the family brings its own
 * hint, this adds the property and what the hint cannot know.
 */
final class JournalFailureAnalyzer extends AbstractFailureAnalyzer<JournalException> {
    private static final String UNCHANGED = "nothing was changed";
    private static final String DIRECTORY = "melin.journal.directory";

    @Override
    protected FailureAnalysis analyze(Throwable root, JournalException cause) {
        return new FailureAnalysis(description(cause), action(cause), cause);
    }

    /** The message ends with the hint, which is the action here. */
    private static String description(JournalException cause) {
        String message = String.valueOf(cause.getMessage());
        String hint = "; " + cause.hint();
        String fact =
                message.endsWith(hint)
                        ? message.substring(0, message.length() - hint.length())
                        : message;
        return "The node could not start from its journal:\n\n    " + fact + "\n";
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
        if (cause instanceof ReplayFailed) {
            return hint(cause)
                    + " To skip it for ever, start once with 'melin.journal.skip' set to that"
                    + " value: every node and every replay passes over it then.";
        }
        if (cause instanceof UnsupportedAppVersion || cause instanceof UnsupportedCodecVersion) {
            return hint(cause)
                    + " The versions are those that the Application bean and the codec of its"
                    + " events return from version() and oldestVersion().";
        }
        return hint(cause) + " If the wrong directory was opened, correct '" + DIRECTORY + "'.";
    }

    private static String hint(JournalException cause) {
        String hint = cause.hint();
        String sentence = Character.toUpperCase(hint.charAt(0)) + hint.substring(1) + ".";
        return hint.toLowerCase(Locale.ROOT).contains(UNCHANGED)
                ? sentence
                : sentence + " Nothing was changed.";
    }
}
