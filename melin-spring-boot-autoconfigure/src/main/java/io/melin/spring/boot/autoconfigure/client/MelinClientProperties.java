package io.melin.spring.boot.autoconfigure.client;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Client of a node elsewhere.
 *
 * @param servers Comma-separated list of gateways as 'host:port', tried in turn. Without a value
 *     there is no client.
 * @param window Requests that may be in flight. A server may allow fewer at a time.
 * @param retryRefusals Whether a request that was refused for now is sent again until its timeout,
 *     rather than failed at once.
 * @param identity Who the client is.
 * @param ssl Encryption of the connection.
 * @param timeouts How long the client waits for what.
 * @param reconnect Pauses before the client connects again.
 */
@ConfigurationProperties("melin.client")
public record MelinClientProperties(
        @DefaultValue List<String> servers,
        @DefaultValue("256") int window,
        @DefaultValue("false") boolean retryRefusals,
        @DefaultValue Identity identity,
        @DefaultValue Ssl ssl,
        @DefaultValue Timeouts timeouts,
        @DefaultValue Reconnect reconnect) {

    /**
     * Who the client is. Without an identity requests have no numbers that a server remembers.
     *
     * @param client Number of the client, not 0, where the gateway does not authenticate. Two
     *     clients that run at once need two numbers.
     * @param signingKey File with the key that the client signs with, where the gateway
     *     authenticates.
     * @param lane Which of several connections with one key this is.
     * @param server Name that the server must have before anything is signed. Without a value any
     *     name will do.
     */
    public record Identity(
            @Nullable Long client,
            @Nullable String signingKey,
            @DefaultValue("0") int lane,
            @Nullable String server) {}

    /**
     * Encryption of the connection.
     *
     * @param bundle Name of the SSL bundle that says whom the client trusts. Without a value the
     *     connection is not encrypted.
     */
    public record Ssl(@Nullable String bundle) {}

    /**
     * How long the client waits for what.
     *
     * @param connect Time from the first packet of a connection until requests are taken.
     * @param request Time from a submit to its answer, over all connections, before the outcome
     *     counts as unknown.
     * @param idle Time without a byte from a server before it is taken for gone.
     */
    public record Timeouts(
            @DefaultValue("5s") Duration connect,
            @DefaultValue("10s") Duration request,
            @DefaultValue("15s") Duration idle) {}

    /**
     * Pauses before the client connects again. Each is drawn between nothing and a ceiling that
     * doubles with each attempt that failed.
     *
     * @param min Ceiling of the first pause.
     * @param max Ceiling of all later pauses.
     */
    public record Reconnect(@DefaultValue("50ms") Duration min, @DefaultValue("5s") Duration max) {}
}
