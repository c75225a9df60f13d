package io.melin.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.app.EventId;
import io.melin.app.EventRejectedException;
import io.melin.app.MelinRefusedException;
import io.melin.app.MelinResult;
import io.melin.app.MelinUnknownOutcomeException;
import io.melin.app.Refusal;
import io.melin.health.NodeState;
import io.melin.journal.JournalConfig;
import io.melin.journal.JournalException;
import io.melin.pipeline.PipelineConfig;
import io.melin.pipeline.StageConfig;
import io.melin.stage.Layout;
import io.melin.stage.LayoutException;
import io.melin.testing.CounterApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MelinNodeTest {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final PipelineConfig SMALL = new PipelineConfig(64, 1 << 18, 64, 1 << 18);

    @TempDir Path directory;

    private final List<MelinNode<?, ?>> nodes = new ArrayList<>();

    @AfterEach
    void stopAll() {
        nodes.forEach(MelinNode::close);
    }

    @ParameterizedTest
    @EnumSource(
            value = Layout.class,
            names = {"DEDICATED", "SHARED", "COMPACT"})
    void answersInOrderAndKeepsItsStateOverARestart(Layout layout) throws Exception {
        MelinNode<Long, Long> node = node(config(layout));
        node.start();
        List<CompletableFuture<MelinResult<Long>>> answers = new ArrayList<>();
        for (long i = 1; i <= 500; i++) {
            answers.add(node.operations().submit(i, EventId.of(7, i)));
        }
        long expected = 0;
        for (int i = 0; i < answers.size(); i++) {
            MelinResult<Long> result = answers.get(i).get(20, TimeUnit.SECONDS);
            expected += i + 1;
            assertThat(result.sequence()).isEqualTo(i + 1);
            assertThat(result.reports()).containsExactly(expected);
            assertThat(result.duplicate()).isFalse();
        }
        node.stop(WAIT);
        node.start();

        assertThat(total(node)).isEqualTo(expected);
        MelinResult<Long> repeat = node.operations().submitAndWait(3L, EventId.of(7, 3), WAIT);
        assertThat(repeat.duplicate()).isTrue();
        assertThat(repeat.sequence()).isEqualTo(3);
        assertThat(repeat.reports()).containsExactly(6L);
        assertThat(total(node)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(
            value = Layout.class,
            names = {"DEDICATED", "SHARED", "COMPACT"})
    void completesOneEventWithThreeTimesTheRingInReports(Layout layout) {
        MelinNode<Long, Long> node = node(config(layout).withPipeline(SMALL));
        node.start();
        long reports = 3L * SMALL.outputSlots();

        MelinResult<Long> result = node.operations().submitAndWait(-reports, EventId.none(), WAIT);

        assertThat(result.reports()).hasSize((int) reports);
        assertThat(result.reports().get((int) reports - 1)).isEqualTo(reports - 1);
        assertThat(node.operations().submitAndWait(5L, EventId.none(), WAIT).reports())
                .containsExactly(5L);
    }

    @Test
    void completesOneEventWithThreeTimesTheRingInReportsStepByStep() {
        MelinNode<Long, Long> node = node(config(Layout.MANUAL).withPipeline(SMALL));
        node.start();
        CompletableFuture<MelinResult<Long>> answer =
                node.operations().submit(-3L * SMALL.outputSlots());
        int steps = 0;
        while (!answer.isDone()) {
            node.runOnce();
            assertThat(++steps).isLessThan(100);
        }
        assertThat(answer.join().reports()).hasSize(3 * SMALL.outputSlots());
    }

    @Test
    void rejectsWithoutChangeAndRepeatsTheRejection() {
        MelinNode<Long, Long> node = node(config(Layout.COMPACT));
        node.start();

        for (boolean duplicate : new boolean[] {false, true}) {
            assertThatThrownBy(() -> node.operations().submitAndWait(0L, EventId.of("z"), WAIT))
                    .isInstanceOfSatisfying(
                            EventRejectedException.class,
                            rejected -> {
                                assertThat(rejected.reason()).isEqualTo("ZERO");
                                assertThat(rejected.sequence()).isEqualTo(1);
                                assertThat(rejected.isDuplicate()).isEqualTo(duplicate);
                            });
        }
        assertThat(total(node)).isZero();
    }

    @Test
    void refusesAnIdThatIsUsedAgainForSomethingElse() {
        MelinNode<Long, Long> node = node(config(Layout.COMPACT));
        node.start();
        node.operations().submitAndWait(1L, EventId.of("a"), WAIT);

        assertThatThrownBy(() -> node.operations().submitAndWait(2L, EventId.of("a"), WAIT))
                .isInstanceOfSatisfying(
                        MelinRefusedException.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(Refusal.ID_CONFLICT));
        assertThat(total(node)).isEqualTo(1);
    }

    @Test
    void failsWithTheApplicationAndRefusesToStartOnThePoison() {
        MelinNode<Long, Long> node = node(config(Layout.COMPACT));
        node.start();
        node.operations().submitAndWait(1L, EventId.none(), WAIT);

        assertThatThrownBy(
                        () -> node.operations().submitAndWait(Long.MIN_VALUE, EventId.none(), WAIT))
                .isInstanceOf(MelinUnknownOutcomeException.class);
        assertThat(node.state().state()).isEqualTo(NodeState.FAILED);
        assertThatThrownBy(() -> node.operations().submitAndWait(1L, EventId.none(), WAIT))
                .isInstanceOf(MelinRefusedException.class);
        node.stop(WAIT);
        assertThat(stageThreads()).isEmpty();
    }

    @Test
    @Timeout(300) // alone on two cores it takes a few seconds
    void startsAgainFiftyTimesN2() throws IOException {
        MelinNode<Long, Long> node = node(config(Layout.COMPACT));
        for (long i = 1; i <= 50; i++) {
            node.start();
            assertThat(node.operations().submitAndWait(1L, EventId.none(), WAIT).reports())
                    .containsExactly(i);
            node.stop(WAIT);
            assertThat(node.state().state()).isEqualTo(NodeState.DRAINING);
            assertThat(stageThreads()).isEmpty();
            assertThat(openFiles()).isEmpty();
        }
        assertThatThrownBy(() -> node.operations().submitAndWait(1L, EventId.none(), WAIT))
                .isInstanceOf(MelinRefusedException.class);
    }

    /** One start fails before the journal is open, the other after. */
    @Test
    void leavesNothingBehindWhenItCannotStartN1() throws IOException {
        Path journal = Files.createDirectory(directory.resolve("journal"));
        Path foreign = Files.writeString(journal.resolve(JournalConfig.NAME), "not a journal");
        MelinNode<Long, Long> node = node(config(Layout.COMPACT));
        MelinNode<Long, Long> coreless =
                node(
                        config(Layout.COMPACT)
                                .withStages(
                                        new StageConfig(Layout.DEDICATED, Map.of("disk", 4_711))));

        assertThatThrownBy(node::start).isInstanceOf(JournalException.class);
        assertLeftNothing(node);
        Files.delete(foreign);
        assertThatThrownBy(coreless::start).isInstanceOf(LayoutException.class);
        assertLeftNothing(coreless);

        node.start();
        assertThat(total(node)).isZero();
    }

    private void assertLeftNothing(MelinNode<Long, Long> node) throws IOException {
        assertThat(node.state().state()).isEqualTo(NodeState.FAILED);
        assertThat(stageThreads()).isEmpty();
        assertThat(openFiles()).isEmpty();
        assertThatThrownBy(() -> node.operations().submitAndWait(1L, EventId.none(), WAIT))
                .isInstanceOf(MelinRefusedException.class);
    }

    /** Files of ours that this process holds; none where the kernel cannot be asked. */
    private List<Path> openFiles() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return List.of();
        }
        List<Path> ours = new ArrayList<>();
        try (Stream<Path> open = Files.list(descriptors)) {
            for (Path descriptor : open.toList()) {
                try {
                    Path file = Files.readSymbolicLink(descriptor);
                    if (file.startsWith(directory)) {
                        ours.add(file);
                    }
                } catch (NoSuchFileException e) {
                    // Closed meanwhile: the listing's own descriptor, for one.
                }
            }
        }
        return ours;
    }

    @Test
    void keepsASecondNodeOutOfItsDirectory() {
        MelinNode<Long, Long> first = node(config(Layout.COMPACT));
        first.start();
        MelinNode<Long, Long> second = node(config(Layout.COMPACT));

        assertThatThrownBy(second::start)
                .isInstanceOf(JournalException.JournalLocked.class)
                .hasMessageContaining("this process");
        assertThat(second.state().state()).isEqualTo(NodeState.FAILED);
        assertThat(first.operations().submitAndWait(1L, EventId.none(), WAIT).sequence())
                .isEqualTo(1);

        first.stop(WAIT);
        second.start();
        assertThat(total(second)).isEqualTo(1);
    }

    private long total(MelinNode<Long, Long> node) {
        return node.operations()
                .query(CounterApplication.class, (counter, live) -> counter.total)
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private MelinNode<Long, Long> node(MelinConfig config) {
        MelinNode<Long, Long> node =
                MelinNode.create(
                        new CounterApplication(),
                        CounterApplication.CODEC,
                        CounterApplication.CODEC,
                        config);
        nodes.add(node);
        return node;
    }

    private MelinConfig config(Layout layout) {
        MelinConfig config = MelinConfig.of(directory.resolve("journal"));
        Map<String, Integer> cores =
                layout == Layout.DEDICATED ? Map.of("disk", 0, "ingress", 0) : Map.of();
        return config.withJournal(config.journal().withPrezeroedBytes(1 << 20))
                .withStages(new StageConfig(layout, cores));
    }

    private static Set<String> stageThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("melin-"))
                .collect(Collectors.toSet());
    }
}
