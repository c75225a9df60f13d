package io.melin.spring.boot.autoconfigure.lifecycle;

import io.melin.node.NodeStatus.GatewayStatus;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.apache.commons.logging.Log;

/** What an operator must know of a gateway that has begun to listen. */
record GatewayNotice(boolean isWarning, String text) {

    static GatewayNotice of(GatewayStatus gateway) {
        InetSocketAddress address = gateway.address();
        InetAddress host = address.getAddress();
        boolean isHere = host != null && host.isLoopbackAddress();
        String facts =
                "address="
                        + (host == null ? address.getHostString() : host.getHostAddress())
                        + ", port="
                        + address.getPort()
                        + ", authentication="
                        + (gateway.isAuthenticated() ? "on" : "off")
                        + ", tls="
                        + (gateway.isEncrypted() ? "on" : "off");
        if (gateway.isAuthenticated()) {
            return new GatewayNotice(false, "the gateway is listening: " + facts);
        }
        return isHere
                ? new GatewayNotice(
                        false,
                        "the gateway is listening without authentication, anybody on this machine"
                                + " may do everything: "
                                + facts)
                : new GatewayNotice(
                        true,
                        "the gateway is listening without authentication beyond this machine,"
                                + " anybody who reaches it may do everything; set"
                                + " melin.gateway.authentication=on with"
                                + " melin.gateway.authorized-keys, or a loopback"
                                + " melin.gateway.address: "
                                + facts);
    }

    void write(Log log) {
        if (isWarning) {
            log.warn(text);
        } else {
            log.info(text);
        }
    }
}
