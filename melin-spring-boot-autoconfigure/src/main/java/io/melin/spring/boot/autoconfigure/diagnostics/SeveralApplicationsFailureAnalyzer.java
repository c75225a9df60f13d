package io.melin.spring.boot.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Names every {@link io.melin.app.Application} bean and how to leave one. */
final class SeveralApplicationsFailureAnalyzer
        extends AbstractFailureAnalyzer<SeveralApplicationsException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, SeveralApplicationsException cause) {
        StringBuilder text =
                new StringBuilder("Melin runs one Application bean in one context, but found ")
                        .append(cause.beans().size())
                        .append(":\n");
        cause.beans().forEach(bean -> text.append("\n\t- ").append(bean));
        return new FailureAnalysis(
                text.append('\n').toString(),
                "Remove all but one, put them into separate services, or mark those that are not"
                        + " meant to run with @Bean(autowireCandidate = false).",
                cause);
    }
}
