package io.melin.spring.boot.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why advice and replay do not go together. */
final class ProxiedApplicationFailureAnalyzer
        extends AbstractFailureAnalyzer<ProxiedApplicationException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, ProxiedApplicationException cause) {
        return new FailureAnalysis(
                "The Application bean '"
                        + cause.bean()
                        + "' is wrapped in a proxy with this advice: "
                        + cause.advice()
                        + ". Its fresh() twins, which do the work and are replayed after a crash,"
                        + " would not have that advice.",
                "Remove @Transactional, @Async, @Cacheable, @Validated and the like from the"
                        + " application class and narrow pointcuts that match it. Call other"
                        + " services before submit, or when its result arrives.",
                cause);
    }
}
