package io.melin.warmup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.app.Codec;
import io.melin.app.WarmUp;
import io.melin.gateway.DefaultProtocol;
import io.melin.gateway.GatewayConfig;
import io.melin.gateway.Protocol;
import io.melin.journaled.JournaledApplication.Program;
import io.melin.node.GatewaySetup;
import io.melin.node.MelinConfig;
import io.melin.node.NodePorts;
import io.melin.pipeline.StageConfig;
import io.melin.stage.Layout;
import io.melin.testing.CounterApplication;
import io.melin.warmup.Rehearsal.Limits;
import io.melin.warmup.Rehearsal.Result;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The invariants R1 to R3 of {@link Rehearsal}. */
@Isolated("counts the threads of this JVM")
class RehearsalTest {
    private static final WarmUp<Long> EVENTS = index -> index % 10 == 0 ? 0 : index;
    private static final Limits SHORT = new Limits(Duration.ofMillis(300), Duration.ofHours(1));

    private static final int EVENT_BYTES = 20_000;

    @TempDir Path directory;

    private final CounterApplication prototype = new CounterApplication();
    private Set<Path> scratchBefore = Set.of();

    @BeforeEach
    void look() throws IOException {
        scratchBefore = scratch();
    }

    @AfterEach
    void leavesNothingBehind() throws IOException {
        assertThat(scratch()).as("R3").isEqualTo(scratchBefore);
        assertThat(directory).as("R1").isEmptyDirectory();
        assertThat(prototype.total).as("R1").isZero();
        assertThat(threads()).as("R3").isEmpty();
    }

    private static Set<Path> scratch() throws IOException {
        Path temporary = Path.of(Objects.requireNonNull(System.getProperty("java.io.tmpdir")));
        try (Stream<Path> all = Files.list(temporary)) {
            return all.filter(file -> file.toString().contains("melin-warm-up"))
                    .collect(Collectors.toSet());
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("melin-"))
                .toList();
    }

    private Rehearsal<Long, Long> rehearsal(MelinConfig config, Limits limits) {
        return new Rehearsal<>(
                new Program<>(prototype, CounterApplication.CODEC, CounterApplication.CODEC),
                config,
                NodePorts.system(),
                limits);
    }

    private MelinConfig config() {
        return MelinConfig.of(directory.resolve("journal"));
    }

    private static GatewaySetup gateway(int port, Protocol protocol, Path keys) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return new GatewaySetup(GatewayConfig.of(address), protocol, keys, null);
    }

    @Test
    void appliesTheEventsInOrderAndRejectionsToo() throws IOException {
        List<Long> asked = new ArrayList<>();
        Result result =
                rehearsal(config(), SHORT)
                        .run(index -> {
                            asked.add(index);
                            return EVENTS.event(index);
                        });

        assertThat(result.events()).isPositive().isEqualTo(asked.size());
        assertThat(asked).startsWith(0L, 1L, 2L).isSorted().doesNotHaveDuplicates();
        assertThat(result.bySocket()).as("there is no gateway").isZero();
    }

    @Test
    void endsWhenItsTimeIsUp() throws IOException {
        Result result = rehearsal(config(), SHORT).run(EVENTS);

        assertThat(result.tookNs()).as("R2").isGreaterThanOrEqualTo(300_000_000);
        assertThat(result.rests()).as("R2").isFalse();
    }

    @Test
    void endsWhenTheCompilerRests() throws IOException {
        Limits patient = new Limits(Duration.ofSeconds(50), Duration.ofMillis(1));
        Result result = rehearsal(config(), patient).run(EVENTS);

        assertThat(result.rests()).as("R2").isTrue();
        assertThat(result.tookNs()).as("R2").isLessThan(50_000_000_000L);
    }

    @Test
    void endsWhenItHasWrittenMuch() throws IOException {
        Limits patient = new Limits(Duration.ofMinutes(5), Duration.ofHours(1));
        Program<Long, Long> large =
                new Program<>(prototype, new Padded(EVENT_BYTES), CounterApplication.CODEC);
        Result result =
                new Rehearsal<>(large, config(), NodePorts.system(), patient).run(index -> 1L);

        long bytes = result.events() * EVENT_BYTES;
        assertThat(bytes).as("R2").isBetween(200L << 20, 512L << 20); // the status is behind
        assertThat(result.rests()).as("R2").isFalse();
    }

    /** Numbers that take up room. */
    private record Padded(int size) implements Codec<Long> {
        @Override
        public int version() {
            return 1;
        }

        @Override
        public int size(Long value) {
            return size;
        }

        @Override
        public void encode(Long value, ByteBuffer out) {
            out.putLong(value).position(out.position() + size - Long.BYTES);
        }

        @Override
        public boolean isValid(ByteBuffer in) {
            return in.remaining() == size;
        }

        @Override
        public Long decode(ByteBuffer in, int version) {
            return in.getLong();
        }
    }

    @Test
    void rehearsesTheGatewayWithoutItsAddressAndKeys() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path keys = directory.resolve("no-such-file");
            MelinConfig config =
                    config().withGateway(
                                    gateway(taken.getLocalPort(), new DefaultProtocol(), keys));

            Result result = rehearsal(config, SHORT).run(EVENTS);

            assertThat(result.bySocket()).as("R1").isPositive().isLessThan(result.events());
        }
    }

    @Test
    void doesNotRehearseAProtocolThatItCannotSpeak() throws IOException {
        Protocol other =
                (Protocol)
                        Proxy.newProxyInstance(
                                Protocol.class.getClassLoader(),
                                new Class<?>[] {Protocol.class},
                                (proxy, method, arguments) -> {
                                    throw new AssertionError("spoken: " + method);
                                });
        MelinConfig config =
                config().withGateway(gateway(0, other, directory.resolve("no-such-file")));

        assertThat(rehearsal(config, SHORT).run(EVENTS).bySocket()).isZero();
    }

    @Test
    void saysWhichErrorEndedItAndCleansUp() {
        WarmUp<Long> poison = index -> index == 2_000 ? Long.MIN_VALUE : 1L;

        assertThatThrownBy(() -> rehearsal(config(), SHORT).run(poison))
                .isInstanceOf(IllegalStateException.class)
                .hasStackTraceContaining("poison");
    }

    @Test
    void refusesALayoutThatTakesNoEvents() {
        MelinConfig manual = config().withStages(new StageConfig(Layout.MANUAL, Map.of()));

        assertThatThrownBy(() -> rehearsal(manual, SHORT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("layout=MANUAL");
    }

    @Test
    void passesOnWhatTheEventsThrow() {
        WarmUp<Long> none =
                index -> {
                    throw new IllegalArgumentException("no events");
                };

        assertThatThrownBy(() -> rehearsal(config(), SHORT).run(none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no events");
    }
}
