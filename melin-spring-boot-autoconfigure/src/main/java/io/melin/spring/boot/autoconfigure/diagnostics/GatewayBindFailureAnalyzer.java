package io.melin.spring.boot.autoconfigure.diagnostics;

import io.melin.gateway.GatewayBindException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Leads from an address that cannot be had to its two properties. */
final class GatewayBindFailureAnalyzer extends AbstractFailureAnalyzer<GatewayBindException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, GatewayBindException cause) {
        return new FailureAnalysis(
                "The gateway cannot listen on "
                        + cause.address().getHostString()
                        + ", port "
                        + cause.address().getPort()
                        + ":\n\n    "
                        + reason(cause)
                        + "\n",
                "Stop whatever listens there, or give this node a port of its own with"
                        + " 'melin.gateway.port'; 0 takes any free one. If the address is not one"
                        + " of this machine, correct 'melin.gateway.address'. Two application"
                        + " contexts of one process need two ports.",
                cause);
    }

    private static String reason(GatewayBindException cause) {
        Throwable reason = cause.getCause();
        return String.valueOf(reason == null ? cause : reason);
    }
}
