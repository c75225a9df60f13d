package io.melin.test;

/** The machine went off inside a disk call. No {@code IOException}: nobody may handle it as one. */
public final class PowerCut extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PowerCut(String call) {
        super("power cut: call=" + call);
    }
}
