package io.melin.spring.boot.autoconfigure.gateway;

import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Door for clients on sockets.
 *
 * @param port Port of the gateway. Zero takes any free one. Without a value there is no gateway.
 * @param address Network address that the gateway listens on.
 * @param server Name of this server that clients sign when they log in, 1 to 64 bytes.
 * @param authentication Whether clients must prove who they are with a key of
 *     'melin.gateway.authorized-keys'. Where it is off, everybody who can reach the address may do
 *     everything.
 * @param authorizedKeys File with the public keys of those who may connect, read again when it
 *     changes. Required while authentication is on.
 * @param ssl Encryption of the connections.
 * @param limits What clients may use of the node.
 * @param timeouts How long the gateway waits for whom.
 */
@ConfigurationProperties("melin.gateway")
public record MelinGatewayProperties(
        @Nullable Integer port,
        @DefaultValue("127.0.0.1") InetAddress address,
        @DefaultValue("melin") String server,
        @DefaultValue("on") Authentication authentication,
        @Nullable String authorizedKeys,
        @DefaultValue Ssl ssl,
        @DefaultValue Limits limits,
        @DefaultValue Timeouts timeouts) {

    /** Whether clients must prove who they are. */
    public enum Authentication {
        ON,
        OFF
    }

    /**
     * Encryption of the connections.
     *
     * @param bundle Name of the SSL bundle with the certificate of the gateway. Without a value
     *     connections are not encrypted.
     */
    public record Ssl(@Nullable String bundle) {}

    /**
     * What clients may use of the node.
     *
     * @param connections Connections that may be open at once. The next one is told to come back.
     * @param window Requests of one connection that may be unanswered. Beyond it the connection is
     *     not read until answers have left.
     * @param backlog Answers that one connection may leave unread before it is closed.
     * @param backlogTotal Answers that all connections together may leave unread.
     * @param queries Queries of all connections together that may be unanswered.
     */
    public record Limits(
            @DefaultValue("1024") int connections,
            @DefaultValue("1024") int window,
            @DefaultValue("4MB") DataSize backlog,
            @DefaultValue("256MB") DataSize backlogTotal,
            @DefaultValue("256") int queries) {}

    /**
     * How long the gateway waits for whom.
     *
     * @param handshake Time for a new connection to say who it is.
     * @param idle Time without a byte from a connection before it is closed.
     * @param heartbeat Time without a byte to a connection before the gateway says that it is
     *     there.
     * @param stall Time for a connection to take any byte of the answers that wait for it.
     * @param overload Time that a request may wait for room in the node before it is refused.
     */
    public record Timeouts(
            @DefaultValue("5s") Duration handshake,
            @DefaultValue("30s") Duration idle,
            @DefaultValue("10s") Duration heartbeat,
            @DefaultValue("5s") Duration stall,
            @DefaultValue("1s") Duration overload) {}
}
