package io.melin.spring.boot.autoconfigure.diagnostics;

import java.io.Serial;
import java.util.List;

/** The {@link io.melin.app.Application} bean is wrapped in a proxy. */
public final class ProxiedApplicationException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final String bean;
    private final transient List<String> advice;

    /**
     * @param advice what the proxy does, as class names
     */
    public ProxiedApplicationException(String bean, List<String> advice) {
        super("Application bean is a proxy: bean=" + bean + ", advice=" + advice);
        this.bean = bean;
        this.advice = List.copyOf(advice);
    }

    public String bean() {
        return bean;
    }

    public List<String> advice() {
        return advice;
    }
}
