package io.melin.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.health.NodeState;
import io.melin.node.GatewaySetup;
import io.melin.stage.Layout;
import io.melin.wire.BusyFrame;
import io.melin.wire.Code;
import io.melin.wire.Tag;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Strangers in numbers: what they use is bounded, and comes back. */
class HostileCrowdTest {
    private static final int PLACES = 64;
    private static final int CONNECTS = Integer.getInteger("melin.connects", 5_000);
    private static final int THREADS = 8;
    private static final int FLOOD = 512;
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final GatewayLimits LIMITS =
            new GatewayLimits(PLACES, 256, 1 << 18, 8L << 20, 32);
    private static final GatewayTimeouts TIMEOUTS =
            new GatewayTimeouts(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(5),
                    Duration.ofMillis(400),
                    Duration.ofSeconds(5));

    @TempDir Path directory;

    private GatewayNode node;
    private Bystanders others;

    @BeforeEach
    void start() {
        GatewayConfig gateway =
                GatewayConfig.of(GatewayNode.FREE_PORT).withLimits(LIMITS).withTimeouts(TIMEOUTS);
        GatewaySetup setup = new GatewaySetup(gateway, new DefaultProtocol(), null, null);
        node =
                GatewayNode.start(
                        GatewayNode.config(directory, Layout.COMPACT).withGateway(setup),
                        new Blob(),
                        Blob.CODEC);
        others = new Bystanders(node.address(), 1_000);
    }

    @AfterEach
    void staysServing() {
        assertThat(node.node.state().state()).isEqualTo(NodeState.SERVING);
        Eventually.holds(() -> node.connections() == 0, "connections are left");
        node.close();
    }

    @Test
    void peersThatNeverRead() throws Exception {
        System.gc(); // what earlier nodes had is not this one's
        List<RawClient> deaf = new ArrayList<>();
        long before = directBytes();
        others.watch(
                "peers that never read",
                () -> {
                    for (int i = 0; i < 20; i++) {
                        RawClient client = others.hostile();
                        deaf.add(client);
                        flood(client);
                    }
                    Eventually.holds(
                            () -> dropped() == deaf.size(),
                            () -> "still there: " + (deaf.size() - dropped()));
                });
        long grown = directBytes() - before;
        System.out.println("peers that never read: direct memory grew by " + grown);
        assertThat(grown).isLessThan(LIMITS.backlogBytesTotal() + (4 << 20));
        for (RawClient client : deaf) {
            assertThat(client.answersInOrder()).isLessThan(FLOOD);
            client.close();
        }
    }

    /** Behind with its answers, or over what it may have unread. */
    private long dropped() {
        return node.drops(Drop.STALLED) + node.drops(Drop.BACKLOG);
    }

    /** Each of its requests is answered by 32 KiB, 16 MiB in all. */
    private static void flood(RawClient client) throws IOException {
        ByteBuffer frames = RawClient.buffer(1 << 16);
        for (int i = 1; i <= FLOOD; i++) {
            frames.put(RawClient.event(i, 1 << 15).flip());
        }
        client.send(frames);
    }

    /** Refusals are worth as little as answers to a peer that does not read them. */
    @Test
    void peersThatNeverReadTheirRefusals() throws Exception {
        List<RawClient> deaf = new ArrayList<>();
        others.watch(
                "peers that never read their refusals",
                () -> {
                    byte[] wrong = RawClient.request(1, Tag.EVENT, new byte[3]).array();
                    ByteBuffer many = RawClient.buffer(wrong.length * 1_000);
                    while (many.hasRemaining()) {
                        many.put(wrong);
                    }
                    for (int i = 0; i < 8; i++) {
                        RawClient client = others.hostile();
                        deaf.add(client);
                        client.socket.setSendBufferSize(1 << 12);
                        client.sendBytes(many.array());
                    }
                });
        for (RawClient client : deaf) {
            for (int i = 0; i < 1_000; i++) {
                assertThat(client.answer().code()).isEqualTo(Code.MALFORMED);
            }
            client.close();
        }
    }

    static boolean countsDescriptors() {
        return Files.isDirectory(DESCRIPTORS);
    }

    /** More than there are places are told so, and nothing of them stays. */
    @Test
    @EnabledIf("countsDescriptors")
    void thousandsOfConnects() throws Exception {
        others.watch("warm-up", () -> {});
        long before = descriptors();
        others.watch(
                "connects",
                () -> {
                    List<RawClient> all = connectAll();
                    int ready = 0;
                    for (RawClient client : all) {
                        ready += isTaken(client) ? 1 : 0;
                    }
                    System.out.println("connects: " + all.size() + ", taken " + ready);
                    assertThat(ready).isBetween(1, PLACES);
                    for (RawClient client : all) {
                        client.close();
                    }
                });
        Eventually.holds(() -> node.connections() == 0, "connections are left");
        Eventually.holds(() -> descriptors() <= before, "descriptors are left");
        assertThat(node.drops(Drop.CONNECTIONS)).isGreaterThanOrEqualTo(CONNECTS - PLACES);
        others.watch("places that came back", () -> {});
    }

    private List<RawClient> connectAll() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<List<RawClient>>> parts = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Callable<List<RawClient>> part = () -> connect(CONNECTS / THREADS);
                parts.add(threads.submit(part));
            }
            List<RawClient> all = new ArrayList<>();
            for (Future<List<RawClient>> part : parts) {
                all.addAll(part.get());
            }
            return all;
        } finally {
            threads.shutdown();
        }
    }

    private List<RawClient> connect(int count) throws IOException {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clients.add(new RawClient(node.address()));
        }
        return clients;
    }

    /** READY, or BUSY with the reason and the end. */
    private static boolean isTaken(RawClient client) throws IOException {
        RawClient.Frame first = client.next();
        if (first.tag() == Tag.READY) {
            return true;
        }
        assertThat(first.tag()).isEqualTo(Tag.BUSY);
        assertThat(Code.of(first.payload().get(BusyFrame.CODE))).isEqualTo(Code.CONNECTIONS);
        assertThat(client.isAtEnd()).isTrue();
        return false;
    }

    private static long descriptors() {
        try (Stream<Path> open = Files.list(DESCRIPTORS)) {
            return open.count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Of the platform, and what the library takes past it. */
    private static long directBytes() {
        return Math.max(0, PlatformDependent.usedDirectMemory())
                + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .filter(pool -> pool.getName().equals("direct"))
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
    }
}
