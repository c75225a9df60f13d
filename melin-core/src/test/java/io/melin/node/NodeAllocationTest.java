package io.melin.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.melin.app.Application;
import io.melin.app.Codec;
import io.melin.app.EventContext;
import io.melin.app.EventId;
import io.melin.app.Reports;
import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import io.melin.pipeline.StageConfig;
import io.melin.stage.CpuBudget;
import io.melin.stage.Layout;
import io.melin.stage.ThreadFacts;
import io.melin.trace.StageTag;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A million events with ids, reports, traces and a scraper: the stage threads allocate nothing. */
class NodeAllocationTest {
    private static final int WARM_UP = 300_000;
    private static final int EVENTS = 1_000_000;
    private static final int WINDOW = 512;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir Path directory;

    @ParameterizedTest
    @EnumSource(
            value = Layout.class,
            names = {"DEDICATED", "SHARED", "COMPACT"})
    @Timeout(600) // alone on two cores it takes a quarter of a minute
    void stageThreadsAllocateUnderAHundredthOfAByteAnEvent(Layout layout) throws Exception {
        MelinConfig config =
                MelinConfig.of(directory.resolve("journal"))
                        .withStages(new StageConfig(layout, cores(layout)));
        try (MelinNode<Amount, Amount> node =
                MelinNode.create(new Sum(), new AmountCodec(), new AmountCodec(), config)) {
            node.start();
            submit(node, 1, WARM_UP);
            Map<String, Long> before = allocated(node);
            Thread scraper = scraper(node);
            submit(node, WARM_UP + 1, EVENTS);
            scraper.interrupt();
            Map<String, Long> after = allocated(node);

            assertThat(stages(node)).containsExactlyInAnyOrderElementsOf(StageConfig.STAGES);
            assertThat(after).hasSize(layout == Layout.COMPACT ? 1 : StageConfig.STAGES.size());
            after.forEach((thread, bytes) ->
                    assertThat((bytes - before.getOrDefault(thread, 0L)) / (double) EVENTS)
                            .as("bytes an event on " + thread)
                            .isLessThan(0.01));
            assertThat(node.meters().pipeline().latency().discarded()).isZero();
        }
    }

    /** Every core in turn: on fewer of them than stages, dedicated threads are pinned and park. */
    private static Map<String, Integer> cores(Layout layout) {
        Map<String, Integer> cores = new TreeMap<>();
        if (layout == Layout.DEDICATED) {
            List<Integer> usable = List.copyOf(CpuBudget.detect().pinnable());
            for (int i = 0; i < StageConfig.STAGES.size(); i++) {
                cores.put(StageConfig.STAGES.get(i), usable.get(i % usable.size()));
            }
        }
        return cores;
    }

    private static List<String> stages(MelinNode<?, ?> node) {
        return Objects.requireNonNull(node.status().run()).threads().stream()
                .flatMap(thread -> thread.stages().stream())
                .filter(StageConfig.STAGES::contains)
                .toList();
    }

    private static void submit(MelinNode<Amount, Amount> node, int first, int count)
            throws InterruptedException {
        Semaphore window = new Semaphore(WINDOW);
        Amount amount = new Amount();
        for (int i = 0; i < count; i++) {
            window.acquire();
            amount.value = i;
            node.operations()
                    .submit(amount, EventId.of(1, first + i))
                    .whenComplete((result, failure) -> window.release());
        }
        assertThat(window.tryAcquire(WINDOW, 60, TimeUnit.SECONDS)).isTrue();
        assertThat(node.meters().pipeline().events(StageTag.APPLICATION))
                .isGreaterThanOrEqualTo(first + count - 1L);
    }

    /** Reads everything that a scrape reads, without pause. */
    private static Thread scraper(MelinNode<?, ?> node) {
        Thread scraper =
                new Thread(
                        () -> {
                            long reads = 0;
                            while (!Thread.currentThread().isInterrupted()) {
                                reads += node.meters().journalBytes();
                                reads += node.meters().pipeline().latency().endToEnd().total();
                                reads += node.status().callsMax();
                                Thread.yield();
                            }
                            assertThat(reads).isPositive();
                        },
                        "scraper");
        scraper.setDaemon(true);
        scraper.start();
        return scraper;
    }

    private static Map<String, Long> allocated(MelinNode<?, ?> node) {
        Map<String, Long> bytes = new TreeMap<>();
        for (ThreadFacts thread : Objects.requireNonNull(node.status().run()).threads()) {
            boolean isStage = thread.stages().stream().anyMatch(StageConfig.STAGES::contains);
            if (isStage) {
                bytes.put(thread.name(), THREADS.getThreadAllocatedBytes(thread.threadId()));
            }
        }
        return bytes;
    }

    /** A flyweight: one mutable object per codec. */
    static final class Amount {
        long value;
    }

    static final class AmountCodec implements Codec<Amount> {
        private final Amount flyweight = new Amount();

        @Override
        public int version() {
            return 1;
        }

        @Override
        public int size(Amount amount) {
            return Long.BYTES;
        }

        @Override
        public void encode(Amount amount, ByteBuffer out) {
            out.putLong(amount.value);
        }

        @Override
        public boolean isValid(ByteBuffer in) {
            return in.remaining() == Long.BYTES;
        }

        @Override
        public Amount decode(ByteBuffer in, int version) {
            flyweight.value = in.getLong();
            return flyweight;
        }

        @Override
        public AmountCodec fresh() {
            return new AmountCodec();
        }
    }

    static final class Sum implements Application<Amount, Amount> {
        private final Amount total = new Amount();

        @Override
        public void apply(Amount event, EventContext context, Reports<Amount> reports) {
            total.value += event.value;
            reports.add(total);
            reports.add(event);
        }

        @Override
        public Sum fresh() {
            return new Sum();
        }

        @Override
        public void snapshot(SnapshotWriter out) throws IOException {
            out.writeLong(total.value);
        }

        @Override
        public void restore(SnapshotReader in, int version) throws IOException {
            total.value = in.readLong();
        }
    }
}
