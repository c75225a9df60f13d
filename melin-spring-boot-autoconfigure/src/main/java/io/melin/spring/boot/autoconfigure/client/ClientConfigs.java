package io.melin.spring.boot.autoconfigure.client;

import static io.melin.spring.boot.autoconfigure.diagnostics.PropertyCheck.between;
import static io.melin.spring.boot.autoconfigure.diagnostics.PropertyCheck.check;
import static io.melin.spring.boot.autoconfigure.diagnostics.PropertyCheck.invalid;

import io.melin.client.ClientConfig;
import io.melin.client.ClientIdentity;
import io.melin.client.ClientLimits;
import io.melin.client.ClientTimeouts;
import io.melin.client.ReconnectConfig;
import io.melin.client.ServerAddress;
import io.melin.spring.boot.autoconfigure.diagnostics.PropertyCheck;
import io.melin.wire.Ed25519.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;

/** Turns properties into the client's configuration. */
final class ClientConfigs {
    static final String BUNDLE = "melin.client.ssl.bundle";

    private static final String CLIENT = "melin.client.identity.client";
    private static final String SIGNING_KEY = "melin.client.identity.signing-key";
    private static final Duration TIME_MIN = Duration.ofMillis(1);
    private static final Duration TIME_MAX = Duration.ofDays(365);

    private ClientConfigs() {}

    static ClientConfig of(MelinClientProperties client, @Nullable Supplier<SSLContext> tls) {
        return new ClientConfig(
                servers(client.servers()),
                identity(client.identity()),
                ClientLimits.DEFAULT.withWindow(
                        between(
                                "melin.client.window",
                                client.window(),
                                1,
                                ClientLimits.WINDOW_MAX)),
                timeouts(client.timeouts()),
                reconnect(client.reconnect()),
                client.retryRefusals(),
                tls);
    }

    private static List<ServerAddress> servers(List<String> texts) {
        return texts.stream().map(ClientConfigs::server).toList();
    }

    private static ServerAddress server(String text) {
        try {
            return ServerAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw invalid("melin.client.servers", text, "must be host:port or [v6-address]:port");
        }
    }

    private static ClientIdentity identity(MelinClientProperties.Identity identity) {
        MutuallyExclusiveConfigurationPropertiesException.throwIfMultipleNonNullValuesIn(values -> {
            values.put(CLIENT, identity.client());
            values.put(SIGNING_KEY, identity.signingKey());
        });
        String file = identity.signingKey();
        if (file != null) {
            return new ClientIdentity.Key(key(file), identity.lane(), identity.server());
        }
        String needsKey = "counts only for a client that signs: set " + SIGNING_KEY;
        String server = identity.server();
        check(server == null, "melin.client.identity.server", String.valueOf(server), needsKey);
        check(identity.lane() == 0, "melin.client.identity.lane", identity.lane(), needsKey);
        Long number = identity.client();
        if (number == null) {
            return ClientIdentity.none();
        }
        check(number != 0, CLIENT, number, "must not be 0, which is nobody");
        return ClientIdentity.of(number);
    }

    /** Says what is wrong with the file, and never what is in it. */
    private static SigningKey key(String file) {
        Path path = PropertyCheck.path(SIGNING_KEY, file);
        try {
            return SigningKey.parse(Files.readString(path));
        } catch (IOException e) {
            throw invalid(SIGNING_KEY, file, "the file cannot be read: " + e);
        } catch (IllegalArgumentException e) {
            throw invalid(
                    SIGNING_KEY,
                    file,
                    "the file holds no signing key, which is the Base64 of 64 bytes, private seed"
                            + " and public key");
        }
    }

    private static ClientTimeouts timeouts(MelinClientProperties.Timeouts timeouts) {
        return new ClientTimeouts(
                time("timeouts.connect", timeouts.connect()),
                time("timeouts.request", timeouts.request()),
                time("timeouts.idle", timeouts.idle()));
    }

    private static ReconnectConfig reconnect(MelinClientProperties.Reconnect reconnect) {
        Duration min = time("reconnect.min", reconnect.min());
        Duration max = time("reconnect.max", reconnect.max());
        check(
                max.compareTo(min) >= 0,
                "melin.client.reconnect.max",
                max,
                "must not be below melin.client.reconnect.min=" + min);
        return new ReconnectConfig(min, max);
    }

    private static Duration time(String name, Duration value) {
        return between("melin.client." + name, value, TIME_MIN, TIME_MAX);
    }
}
