package io.melin.spring.boot.autoconfigure.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.melin.app.MelinRefusedException;
import io.melin.app.Refusal;
import io.melin.health.NodeState;
import io.melin.journal.JournalException.JournalLocked;
import io.melin.node.MelinNode;
import io.melin.node.NodePorts;
import io.melin.node.NodeStatus;
import io.melin.spring.boot.autoconfigure.Counter;
import io.melin.spring.boot.autoconfigure.RunningService;
import io.melin.spring.boot.autoconfigure.RunningService.Adder;
import io.melin.stage.ThreadFacts;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

class LifecycleTest {
    private static final AtomicReference<HookedStorage.Hook> HOOK = new AtomicReference<>();
    private static final BlockingQueue<String> EXITS = new LinkedBlockingQueue<>();

    @TempDir private Path directory;

    @BeforeEach
    void forget() {
        HOOK.set(() -> {});
        EXITS.clear();
    }

    /** A machine whose disk and process end the test holds in its hand. */
    @Configuration(proxyBeanMethods = false)
    static class Machine {
        @Bean
        NodePorts ports() {
            NodePorts system = NodePorts.system();
            return new NodePorts(
                    HookedStorage.with(() -> HOOK.get().beforeForce()),
                    system.time(),
                    system.threads(),
                    system.pinning(),
                    system.transports());
        }

        @Bean
        ProcessExit exit() {
            return new ProcessExit() {
                @Override
                public void exit(int code) {
                    EXITS.add("exit " + code);
                }

                @Override
                public void halt(int code) {
                    EXITS.add("halt " + code);
                }
            };
        }
    }

    /**
     * Its answer has left before the web server stops counting the request. Of others it may close
     * the connection in between, which is its own race, and none of the node's.
     */
    @RestController
    record Waiting(Adder adder) {
        @PostMapping("/add-and-wait/{amount}")
        void add(@PathVariable("amount") long amount, HttpServletResponse response)
                throws IOException {
            String body = adder.add(amount).reports().toString();
            response.setContentLength(body.length());
            response.getWriter().write(body);
            response.flushBuffer();
        }
    }

    private static ReadinessState readiness(RunningService service) {
        return service.context().getBean(ApplicationAvailability.class).getReadinessState();
    }

    private static MelinNode<?, ?> node(RunningService service) {
        return service.context().getBean(MelinNode.class);
    }

    private static Set<Long> stageThreads(RunningService service) {
        NodeStatus.Run run = Objects.requireNonNull(node(service).status().run());
        return run.threads().stream().map(ThreadFacts::threadId).collect(Collectors.toSet());
    }

    private static List<Thread> alive(Set<Long> ids) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> ids.contains(thread.getId()))
                .filter(Thread::isAlive)
                .toList();
    }

    @Test
    void answersARequestThatIsInFlightWhenTheServiceStops() throws Exception {
        RunningService service =
                RunningService.start(
                        directory,
                        List.of(Machine.class, Waiting.class),
                        "melin.failure.stall-timeout=60s");
        CountDownLatch atTheDisk = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        HOOK.set(() -> {
            atTheDisk.countDown();
            released.await();
        });
        CompletableFuture<String> answer = service.post("/add-and-wait/7");
        assertThat(atTheDisk.await(30, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<?> stop = CompletableFuture.runAsync(service::close);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> readiness(service) == ReadinessState.REFUSING_TRAFFIC);
        assertThat(answer).isNotDone();

        released.countDown();

        assertThat(answer.get(30, TimeUnit.SECONDS))
                .isEqualTo("200 " + List.of(new Counter.Report(7)));
        stop.get(30, TimeUnit.SECONDS);
    }

    @Test
    void refusesTrafficBeforeTheNodeDrains() throws Exception {
        RunningService service =
                RunningService.start(
                        directory,
                        List.of(Machine.class),
                        "server.shutdown=immediate",
                        "melin.stages.layout=shared",
                        "melin.failure.stall-timeout=60s");
        CountDownLatch atTheDisk = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        HOOK.set(() -> {
            atTheDisk.countDown();
            released.await();
        });
        Adder adder = service.adder();
        CompletableFuture<Long> first =
                CompletableFuture.supplyAsync(() -> adder.add(1).reports().get(0).total());
        assertThat(atTheDisk.await(30, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<?> stop = CompletableFuture.runAsync(service.context()::stop);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> node(service).state().state() == NodeState.DRAINING);

        assertThat(readiness(service)).isEqualTo(ReadinessState.REFUSING_TRAFFIC);
        assertThatThrownBy(() -> adder.add(1))
                .isInstanceOfSatisfying(
                        MelinRefusedException.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(Refusal.DRAINING));

        released.countDown();
        assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        stop.get(30, TimeUnit.SECONDS);
        service.close();
    }

    @Test
    void startsAgainAfterAStopOfTheSameContext() {
        try (RunningService service = RunningService.start(directory)) {
            for (int round = 1; round <= 5; round++) {
                assertThat(service.adder().add(1).reports())
                        .containsExactly(new Counter.Report(round));
                Set<Long> threads = stageThreads(service);

                service.context().stop();
                assertThat(readiness(service)).isEqualTo(ReadinessState.REFUSING_TRAFFIC);
                assertThat(alive(threads)).isEmpty();
                service.context().start();

                await().atMost(Duration.ofSeconds(30))
                        .until(() -> readiness(service) == ReadinessState.ACCEPTING_TRAFFIC);
            }
        }
    }

    private static Map<Meter.Id, Double> counts(RunningService service) {
        Map<Meter.Id, Double> counts = new HashMap<>();
        for (Meter meter : service.context().getBean(MeterRegistry.class).getMeters()) {
            if (meter.getId().getName().startsWith("melin.")) {
                for (Measurement value : meter.measure()) {
                    Statistic what = value.getStatistic();
                    if (what == Statistic.COUNT || what == Statistic.TOTAL_TIME) {
                        counts.put(meter.getId().withTag(what), value.getValue());
                    }
                }
            }
        }
        return counts;
    }

    /** M1 of MelinMeter. */
    @Test
    void keepsEveryCountOverAStopAndAStart() {
        try (RunningService service = RunningService.start(directory)) {
            service.adder().add(1);
            service.adder().add(1);
            Map<Meter.Id, Double> before = counts(service);
            assertThat(before.values()).filteredOn(count -> count > 0).hasSizeGreaterThan(5);

            service.context().stop();
            assertAtLeast(counts(service), before);
            service.context().start();
            assertAtLeast(counts(service), before);
            service.adder().add(1);

            assertAtLeast(counts(service), before);
        }
    }

    private static void assertAtLeast(Map<Meter.Id, Double> after, Map<Meter.Id, Double> before) {
        before.forEach((meter, count) ->
                assertThat(after.get(meter)).as(meter.toString()).isGreaterThanOrEqualTo(count));
    }

    private static Set<Thread> ours() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("melin-"))
                .collect(Collectors.toSet());
    }

    @Test
    void leavesNoThreadAndNoLockBehind() {
        Set<Thread> before = ours();
        RunningService service = RunningService.start(directory);
        Set<Long> threads = stageThreads(service);
        assertThat(alive(threads)).isNotEmpty();

        service.close();

        assertThat(alive(threads)).isEmpty();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(before).containsAll(ours()));
        RunningService.start(directory).close();
    }

    @Test
    void refusesASecondContextOnOneDirectoryAndLeavesTheFirstAlone() {
        try (RunningService first = RunningService.start(directory)) {
            first.adder().add(3);

            assertThatThrownBy(() -> RunningService.start(directory))
                    .hasStackTraceContaining(JournalLocked.class.getName());

            assertThat(first.adder().add(4).reports()).containsExactly(new Counter.Report(7));
        }
    }

    @Test
    void closesTheNodeWhenTheContextFailsToStartForAnotherReason(@TempDir Path other) {
        try (RunningService first = RunningService.start(directory)) {
            assertThatThrownBy(() -> RunningService.start(other, "server.port=" + first.port()))
                    .hasStackTraceContaining(PortInUseException.class.getName());
            RunningService.start(other).close();
        }
    }

    @Test
    void showsAFailedDiskAndThenEndsTheProcess() throws Exception {
        try (RunningService service =
                RunningService.start(
                        directory,
                        List.of(Machine.class),
                        "melin.failure.action=exit",
                        "melin.failure.exit-delay=2s")) {
            service.adder().add(1);
            HOOK.set(() -> {
                throw new IOException("planted EIO");
            });

            assertThatThrownBy(() -> service.adder().add(1)).isNotNull();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> service.actuator("health/liveness").startsWith("503"));

            assertThat(EXITS).as("DOWN was visible before the exit").isEmpty();
            assertThat(service.actuator("health"))
                    .startsWith("503 ")
                    .contains("\"status\":\"DOWN\"", "planted EIO");
            assertThat(service.actuator("health/melin/journal")).contains("\"status\":\"DOWN\"");
            assertThat(service.actuator("melin")).contains("\"state\":\"FAILED\"", "planted EIO");
            assertThat(EXITS.poll(30, TimeUnit.SECONDS)).isEqualTo("exit 1");
        }
    }

    @Test
    void staysForALookWhenToldTo() throws Exception {
        try (RunningService service =
                RunningService.start(
                        directory,
                        List.of(Machine.class),
                        "melin.failure.action=stop",
                        "melin.failure.exit-delay=0s")) {
            HOOK.set(() -> {
                throw new IOException("planted EIO");
            });
            assertThatThrownBy(() -> service.adder().add(1)).isNotNull();
            await().atMost(Duration.ofSeconds(10))
                    .until(() ->
                            service.context()
                                            .getBean(ApplicationAvailability.class)
                                            .getLivenessState()
                                    == LivenessState.BROKEN);

            assertThat(service.post("/add/1").get(30, TimeUnit.SECONDS)).startsWith("500 ");
            assertThat(EXITS).isEmpty();
        }
    }
}
