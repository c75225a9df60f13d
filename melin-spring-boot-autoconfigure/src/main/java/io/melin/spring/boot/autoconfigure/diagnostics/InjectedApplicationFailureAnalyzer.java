package io.melin.spring.boot.autoconfigure.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Leads from the injected prototype to {@code MelinOperations}. */
final class InjectedApplicationFailureAnalyzer
        extends AbstractFailureAnalyzer<InjectedApplicationException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, InjectedApplicationException cause) {
        return new FailureAnalysis(
                "The Application bean '"
                        + cause.application()
                        + "' is injected into the bean '"
                        + cause.injectedInto()
                        + "'. That bean is only a prototype: the state lives in a twin made by"
                        + " fresh(), which one thread owns, so what is read here never changes"
                        + " and what is called here is neither ordered nor journaled.",
                "Inject MelinOperations with the same type arguments instead. Change state with"
                        + " submit(event) and read it with query(type, query).",
                cause);
    }
}
