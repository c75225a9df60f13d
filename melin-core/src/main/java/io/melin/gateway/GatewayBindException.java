package io.melin.gateway;

import java.net.InetSocketAddress;

/** The gateway cannot listen where it should; nothing is open. */
public final class GatewayBindException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final InetSocketAddress address;

    public GatewayBindException(InetSocketAddress address, Exception cause) {
        super("the gateway cannot listen: address=" + address + ", reason=" + cause, cause);
        this.address = address;
    }

    public InetSocketAddress address() {
        return address;
    }
}
