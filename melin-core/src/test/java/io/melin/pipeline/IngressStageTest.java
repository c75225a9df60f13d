package io.melin.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.Consistency;
import io.melin.app.Refusal;
import io.melin.cursor.Cursor;
import io.melin.event.EventKind;
import io.melin.ring.ArenaRing;
import io.melin.ring.InputSlot;
import io.melin.ring.RingReader;
import io.melin.stage.Wakeup;
import io.melin.time.TimeSource;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IngressStageTest {
    private static final long TICK_NS = 1_000;
    private static final long RECOVERED = 7;
    private static final long RECOVERED_TIME_NS = 500;

    private final ArenaRing<InputSlot> ring =
            ArenaRing.input(new ArenaRing.Config("input", 8, 256, 32));
    private final RingReader<InputSlot> reader = ring.reader("reader");
    private final TestDoor door = new TestDoor();
    private final Admission admission = new Admission();
    private final Cursor stamped = new Cursor(RECOVERED);
    private final Clock clock = new Clock();
    private final Request request = new Request().from(TestDoor.CONNECTION, 0, 0);
    private final List<String> seen = new ArrayList<>();
    private long lastSequence = RECOVERED;
    private long lastTimeNs = RECOVERED_TIME_NS;

    @Test
    void numbersDenselyAndOnlyWhatItTookI1I2() {
        IngressStage stage = stage(0);
        admission.open();
        door.onPoll =
                () -> {
                    assertThat(submit(stage, 8)).isNull();
                    assertThat(submit(stage, 33)).isEqualTo(Refusal.TOO_LARGE);
                    assertThat(submit(stage, 0)).isNull();
                    admission.close(Refusal.FENCED);
                    assertThat(submit(stage, 8)).isEqualTo(Refusal.FENCED);
                    admission.open();
                    assertThat(stage.query(request, Consistency.LOCAL)).isNull();
                    assertThat(submit(stage, 8)).isNull();
                    assertThat(stamped.acquire()).as("told with the publish").isEqualTo(RECOVERED);
                    assertThat(reader.available(9)).isZero();
                };
        stage.doWork();

        assertThat(take()).containsExactly("8", "9", "query", "10");
        assertThat(stamped.acquire()).isEqualTo(10);
    }

    @Test
    void givesNoNumberToWhatTheRingHasNoRoomForI1I2() {
        IngressStage stage = stage(0);
        admission.open();
        for (int round = 0; round < 5; round++) {
            door.onPoll =
                    () -> {
                        int taken = 0;
                        while (submit(stage, 32) == null) {
                            taken++;
                        }
                        assertThat(taken).isEqualTo(8);
                        assertThat(submit(stage, 32)).isEqualTo(Refusal.OVERLOADED);
                        assertThat(submit(stage, 0)).isEqualTo(Refusal.OVERLOADED);
                    };
            stage.doWork();

            assertThat(take()).hasSize(8);
        }
        assertThat(stamped.acquire()).isEqualTo(RECOVERED + 40);
    }

    @Test
    void neverLetsTimeGoBackI3() {
        IngressStage stage = stage(TICK_NS);
        admission.open();
        door.onPoll = () -> assertThat(submit(stage, 8)).isNull();
        long[] wall = {100, 600, 601, 20, 20, 602, -5, 10_000, 9_999};
        List<Long> times = new ArrayList<>();
        for (long now : wall) {
            clock.epochNs = now;
            clock.tickerNs += TICK_NS;
            stage.doWork();
            int count = reader.available(9);
            for (int i = 0; i < count; i++) {
                times.add(reader.peek(i).timeNs());
            }
            take();
        }

        assertThat(times).as("an event a round, and a tick in all but the first").hasSize(17);
        assertThat(times).isSorted().first().isEqualTo(RECOVERED_TIME_NS);
        assertThat(times).contains(600L, 10_000L).doesNotContain(100L, 20L, -5L, 9_999L);
    }

    private @Nullable Refusal submit(IngressStage stage, int bytes) {
        return stage.submit(request, ByteBuffer.allocate(bytes));
    }

    /** Releases what is there; checks that numbers are dense and times in order over all rounds. */
    private List<String> take() {
        seen.clear();
        int count = reader.available(Integer.MAX_VALUE);
        for (int i = 0; i < count; i++) {
            InputSlot slot = reader.peek(i);
            assertThat(slot.timeNs()).isGreaterThanOrEqualTo(lastTimeNs);
            lastTimeNs = slot.timeNs();
            if (slot.kind() == EventKind.APP || slot.kind() == EventKind.TICK) {
                assertThat(slot.sequence()).isEqualTo(++lastSequence);
                seen.add(Long.toString(slot.sequence()));
            } else {
                assertThat(slot.sequence())
                        .as("a query has the last number")
                        .isEqualTo(lastSequence);
                seen.add("query");
            }
        }
        reader.release(count);
        return seen;
    }

    @Test
    void restsUntilTheNextTickUnlessADoorMustBePolledBefore() {
        IngressStage stage = stage(50_000_000);
        assertThat(stage.restNs()).as("no tick is awaited yet").isEqualTo(Long.MAX_VALUE);
        stage.doWork();
        clock.tickerNs += 10_000_000;
        assertThat(stage.restNs()).isEqualTo(40_000_000);
        door.restNs = 5_000_000;
        assertThat(stage.restNs()).isEqualTo(5_000_000);
    }

    @Test
    void doesNotSpinForATickThatIsRefused() {
        IngressStage stage = stage(TICK_NS);
        admission.close(Refusal.DRAINING);
        stage.doWork();
        clock.tickerNs += 10 * TICK_NS;
        assertThat(stage.doWork()).isZero();
        assertThat(stage.restNs()).isEqualTo(1_000_000);
    }

    private IngressStage stage(long tickNs) {
        PipelineMeters meters =
                new PipelineMeters(TraceConfig.DEFAULT, new PipelineConfig(8, 256, 8, 256));
        meters.stamps().handOver();
        return new IngressStage(
                new IngressStage.Config(16, 32, tickNs),
                new IngressStage.Ports(
                        ring, List.of(door), admission, clock, meters, stamped, Wakeup.NONE),
                RECOVERED_TIME_NS);
    }

    private static final class Clock implements TimeSource {
        long epochNs = 1_000;
        long tickerNs;

        @Override
        public long epochNs() {
            return epochNs;
        }

        @Override
        public long tickerNs() {
            return tickerNs;
        }
    }
}
