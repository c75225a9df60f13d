package io.melin.spring.boot.autoconfigure.diagnostics;

import java.io.Serial;

/** The event and report types of the {@link io.melin.app.Application} bean cannot be told. */
public final class UnresolvableApplicationException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final String bean;
    private final String declared;

    /**
     * @param bean name and origin of the bean
     * @param declared its type as far as it is declared
     */
    public UnresolvableApplicationException(String bean, String declared) {
        super("event and report types unknown: bean=" + bean + ", declared=" + declared);
        this.bean = bean;
        this.declared = declared;
    }

    public String bean() {
        return bean;
    }

    public String declared() {
        return declared;
    }
}
