package io.melin.spring.boot.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Passes on what stands in the way of a codec, and the way out. */
final class UnusableCodecFailureAnalyzer extends AbstractFailureAnalyzer<UnusableCodecException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, UnusableCodecException cause) {
        return new FailureAnalysis(
                "There is no usable codec for " + cause.type() + ": " + cause.problem() + ".",
                cause.action(),
                cause);
    }
}
