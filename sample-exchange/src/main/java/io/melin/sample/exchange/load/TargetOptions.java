package io.melin.sample.exchange.load;

import io.melin.wire.Ed25519.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom to meet, as the command line says it. */
final class TargetOptions {
    /** What listens there. */
    enum Kind {
        EXCHANGE,
        ECHO
    }

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "${DEFAULT-VALUE}")
    private String host = "";

    @Option(
            names = "--port",
            paramLabel = "P",
            description = "the client gateway's, 7300; with --target echo: own server if left out")
    private int port;

    @Option(
            names = "--target",
            defaultValue = "exchange",
            paramLabel = "KIND",
            description = "exchange, or echo to compare with a bare echo server")
    private Kind kind = Kind.EXCHANGE;

    @Option(names = "--client", paramLabel = "ID", description = "of the first connection; random")
    private long client;

    @Option(names = "--key", paramLabel = "FILE", description = "signs the server's challenge")
    private @Nullable Path key;

    @Option(names = "--reconnect", description = "open lost connections again and send again")
    private boolean reconnects;

    @Option(names = "--no-setup", description = "instruments and accounts exist already")
    private boolean isSetUp;

    boolean needsEchoServer() {
        return kind == Kind.ECHO && port == 0;
    }

    String host() {
        return host;
    }

    /**
     * @param echoPort of a server of our own, if one is needed
     */
    Target target(int echoPort) {
        boolean isEcho = kind == Kind.ECHO;
        int effective = port != 0 ? port : isEcho ? echoPort : LoadCommand.PORT;
        UsageException.require(effective >= 1 && effective <= 65_535, "--port", port);
        long first = client != 0 ? client : ThreadLocalRandom.current().nextLong();
        Identity identity = new Identity(first, client != 0, signingKey());
        return new Target(host, effective, isEcho, reconnects, !isSetUp, identity);
    }

    private @Nullable SigningKey signingKey() {
        if (key == null) {
            return null;
        }
        try {
            return SigningKey.parse(Files.readString(key));
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException("--key: not a signing key: " + e.getMessage());
        }
    }
}
