package io.melin.client;

import io.melin.app.MelinResult;
import io.melin.testing.CounterApplication;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A client without threads and a gateway without sockets, stepped by a test. */
final class Bench {
    static final ServerAddress FIRST = new ServerAddress("first", 7300);
    static final ServerAddress SECOND = new ServerAddress("second", 7300);

    private static final Logger LOG = Logger.getLogger(ClientSession.class.getName());

    static {
        LOG.setLevel(Level.OFF); // thousands of connections are lost on purpose
    }

    final TestTime time = new TestTime();
    final FakeTransport transport = new FakeTransport();
    final FakeGateway gateway = new FakeGateway();
    final QueuedClient<Long, Long> client;
    private FakeGateway.@Nullable Peer peer;

    Bench(ClientConfig config) {
        this(config, new Random(7));
    }

    Bench(ClientConfig config, Random random) {
        ClientPorts ports = new ClientPorts(time, (name, body) -> new Thread(body, name), random);
        client =
                new QueuedClient<>(
                        config,
                        ports,
                        transport,
                        new CodecProtocol<>(CounterApplication.CODEC, CounterApplication.CODEC));
    }

    /** One server, client 9, a small window, no pause above 100 ms, 10 s for a request. */
    static ClientConfig config() {
        return ClientConfig.of(FIRST)
                .withIdentity(ClientIdentity.of(9))
                .withLimits(ClientLimits.DEFAULT.withWindow(8))
                .withReconnect(new ReconnectConfig(Duration.ofMillis(10), Duration.ofMillis(100)));
    }

    /** A bench whose client is ready. */
    static Bench ready(ClientConfig config) {
        Bench bench = new Bench(config);
        bench.settle();
        return bench;
    }

    CompletableFuture<MelinResult<Long>> submit(long value) {
        return client.submit(value);
    }

    FakeGateway.Peer peer() {
        FakeGateway.Peer current = peer;
        if (current == null) {
            throw new AssertionError("not connected");
        }
        return current;
    }

    boolean isConnected() {
        return peer != null;
    }

    long step() {
        long waitNs = client.session().step();
        if (transport.isConnecting && peer == null) {
            peer = gateway.accept();
            client.session().onConnected();
        } else if (!transport.isConnecting) {
            peer = null;
        }
        client.callbacks().drain();
        return waitNs;
    }

    /** Client to server, all of it. */
    int send() {
        byte[] bytes = transport.take();
        if (peer != null) {
            peer.onBytes(ByteBuffer.wrap(bytes));
        }
        return bytes.length;
    }

    /** Server to client, all of it. */
    int receive() {
        return peer == null ? 0 : give(peer.take());
    }

    int give(byte[] bytes) {
        client.session().onBytes(ByteBuffer.wrap(bytes));
        noteDisconnect();
        client.callbacks().drain();
        return bytes.length;
    }

    private void noteDisconnect() {
        if (!transport.isConnecting) {
            peer = null;
        }
    }

    /** Passes everything until nobody has anything to say; time stands still. */
    void settle() {
        int idle = 0;
        while (idle < 3) {
            step();
            idle = send() + receive() > 0 ? 0 : idle + 1;
            if (peer != null && peer.isClosed()) {
                receive();
                cut("closed");
            }
        }
    }

    /** The connection breaks; what is under way is lost. */
    void cut(String why) {
        peer = null;
        transport.isConnecting = false;
        client.session().onLost(why);
        client.callbacks().drain();
    }

    /** Lets the longest pause pass, so that the next step connects. */
    void passPause() {
        time.advanceMs(101);
    }
}
