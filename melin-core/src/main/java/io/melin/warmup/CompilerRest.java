package io.melin.warmup;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** Since when the compiler has had nothing to do. Threading: one. */
final class CompilerRest {
    private final @Nullable CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    private long totalMs = -1;
    private long sinceNs;

    /** Whether this JVM compiles at all and says for how long. */
    boolean isKnown() {
        return compiler != null && compiler.isCompilationTimeMonitoringSupported();
    }

    /** How long no compilation has ended, as far as those who asked before can tell. */
    long restNs(long nowNs) {
        long nowMs = compiler == null ? 0 : compiler.getTotalCompilationTime();
        if (nowMs != totalMs) {
            totalMs = nowMs;
            sinceNs = nowNs;
        }
        return nowNs - sinceNs;
    }
}
