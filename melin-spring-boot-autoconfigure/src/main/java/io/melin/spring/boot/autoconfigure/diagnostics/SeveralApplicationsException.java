package io.melin.spring.boot.autoconfigure.diagnostics;

import java.io.Serial;
import java.util.Collection;
import java.util.List;

/** More than one {@link io.melin.app.Application} bean: one context runs one node. */
public final class SeveralApplicationsException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final transient List<String> beans;

    /**
     * @param beans each as its name and, if it is known, where it is declared
     */
    public SeveralApplicationsException(Collection<String> beans) {
        super("several Application beans: beans=" + beans);
        this.beans = List.copyOf(beans);
    }

    public List<String> beans() {
        return beans;
    }
}
