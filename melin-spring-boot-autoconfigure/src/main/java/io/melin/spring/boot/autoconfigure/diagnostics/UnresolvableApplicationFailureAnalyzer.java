package io.melin.spring.boot.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says how to declare the event and report types. */
final class UnresolvableApplicationFailureAnalyzer
        extends AbstractFailureAnalyzer<UnresolvableApplicationException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, UnresolvableApplicationException cause) {
        return new FailureAnalysis(
                "The event and report types of the Application bean "
                        + cause.bean()
                        + " cannot be told from its declaration: "
                        + cause.declared()
                        + ".",
                "Declare both type arguments: either as the class itself, for instance 'class"
                        + " Counter implements Application<CounterEvent, CounterReport>' with"
                        + " '@Bean Counter counter()', or on the bean method: '@Bean"
                        + " Application<CounterEvent, CounterReport> counter()'.",
                cause);
    }
}
