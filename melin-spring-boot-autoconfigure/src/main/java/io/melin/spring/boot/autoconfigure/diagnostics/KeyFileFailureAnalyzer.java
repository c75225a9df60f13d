package io.melin.spring.boot.autoconfigure.diagnostics;

import io.melin.gateway.KeyFileException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Leads from a key file that cannot be used to its property. */
final class KeyFileFailureAnalyzer extends AbstractFailureAnalyzer<KeyFileException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, KeyFileException cause) {
        return new FailureAnalysis(
                "The gateway cannot use its file of keys:\n\n    "
                        + cause.file().toAbsolutePath()
                        + "\n    "
                        + cause.reason()
                        + "\n",
                "Check that 'melin.gateway.authorized-keys' names the right file, that this user"
                        + " may read it, and that each line is 'role base64-of-the-public-key"
                        + " comment' or begins with '#'. Nothing was changed.",
                cause);
    }
}
