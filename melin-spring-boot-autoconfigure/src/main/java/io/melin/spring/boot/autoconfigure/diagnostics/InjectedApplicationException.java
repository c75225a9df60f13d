package io.melin.spring.boot.autoconfigure.diagnostics;

import java.io.Serial;

/** A bean was given the prototype of the application, whose state never changes. */
public final class InjectedApplicationException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final String application;
    private final String injectedInto;

    public InjectedApplicationException(String application, String injectedInto) {
        super(
                "Application bean is injected: application="
                        + application
                        + ", injectedInto="
                        + injectedInto);
        this.application = application;
        this.injectedInto = injectedInto;
    }

    public String application() {
        return application;
    }

    public String injectedInto() {
        return injectedInto;
    }
}
