package io.melin.spring.boot.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Names both ways out: keys, or no authentication. */
final class MissingAuthorizedKeysFailureAnalyzer
        extends AbstractFailureAnalyzer<MissingAuthorizedKeysException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, MissingAuthorizedKeysException cause) {
        return new FailureAnalysis(
                "The gateway has a port (melin.gateway.port="
                        + cause.port()
                        + ") and authenticates its clients, but 'melin.gateway.authorized-keys'"
                        + " does not say whose keys it knows.",
                "Set 'melin.gateway.authorized-keys' to a file with one key a line, 'role"
                        + " base64-of-the-public-key comment'. Or, where everybody who can reach"
                        + " the address may do everything, turn authentication off with"
                        + " 'melin.gateway.authentication=off'.",
                cause);
    }
}
