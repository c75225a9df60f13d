package io.melin.spring.boot.autoconfigure.diagnostics;

import io.melin.snapshot.SnapshotException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which snapshot a start refused and why; every exception of the family brings its hint. */
final class SnapshotFailureAnalyzer extends AbstractFailureAnalyzer<SnapshotException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, SnapshotException cause) {
        String message = String.valueOf(cause.getMessage());
        String hint = "; " + cause.hint();
        String fact =
                message.endsWith(hint)
                        ? message.substring(0, message.length() - hint.length())
                        : message;
        String action = cause.hint();
        return new FailureAnalysis(
                "The node could not start from its newest snapshot:\n\n    " + fact + "\n",
                Character.toUpperCase(action.charAt(0)) + action.substring(1) + ".",
                cause);
    }
}
