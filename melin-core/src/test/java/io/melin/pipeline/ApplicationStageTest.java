package io.melin.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.apply.DedupLimits;
import io.melin.apply.EventApplier;
import io.melin.event.EventKind;
import io.melin.event.IdScheme;
import io.melin.ring.ArenaRing;
import io.melin.ring.InputSlot;
import io.melin.ring.OutputSlot;
import io.melin.ring.RingReader;
import io.melin.stage.Wakeup;
import io.melin.testing.CounterApplication;
import io.melin.time.SystemTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ApplicationStageTest {
    private static final int OUTPUT_SLOTS = 4;

    private final ArenaRing<InputSlot> input =
            ArenaRing.input(new ArenaRing.Config("input", 8, 256, 32));
    private final RingReader<InputSlot> events = input.reader("application");
    private final ArenaRing<OutputSlot> output =
            ArenaRing.output(new ArenaRing.Config("output", OUTPUT_SLOTS, 1_024, 512));
    private final RingReader<OutputSlot> reports = output.reader("response");
    private final TestDoor door = new TestDoor();
    private final PipelineCursors cursors = PipelineCursors.startingAt(0);
    private final EventApplier<Long, Long> applier =
            new EventApplier<>(
                    new CounterApplication(),
                    CounterApplication.CODEC,
                    CounterApplication.CODEC,
                    DedupLimits.LINEAGE);
    private final ApplicationStage<Long, Long> stage = stage();

    /** One, then ten reports, then one: the event in the middle needs the output ring three times. */
    @Test
    void goesOnInTheMiddleOfAnEventAndReleasesItLastA1A2() {
        submit(1, 5);
        submit(2, -10);
        submit(3, 7);
        List<Integer> usedAfterStep = new ArrayList<>();
        for (int step = 0; step < 4; step++) {
            stage.doWork();
            usedAfterStep.add(input.used());
            assertThat(stage.doWork()).as("a full ring makes it return").isZero();
            drain();
        }

        assertThat(usedAfterStep).as("A2: event 2 stays until its last report").startsWith(2, 2, 0);
        List<String> expected = new ArrayList<>(List.of("1:1=5."));
        for (int report = 0; report < 10; report++) {
            expected.add("2:2=" + (5 + report) + (report == 9 ? "." : ""));
        }
        expected.add("3:3=12.");
        assertThat(door.delivered).as("A1").isEqualTo(expected);
        assertThat(applier.lastSequence()).isEqualTo(3);
    }

    private void submit(long sequence, long value) {
        InputSlot slot = Objects.requireNonNull(input.tryClaim(Long.BYTES));
        slot.kind(EventKind.APP).sequence(sequence).timeNs(sequence).flags((byte) 0);
        slot.idScheme(IdScheme.NONE).idHigh(0).idLow(0);
        slot.connection(TestDoor.CONNECTION).correlation(sequence).receivedNs(0);
        input.payload(slot).putLong(value);
        input.publish();
    }

    private void drain() {
        int count = reports.available(Integer.MAX_VALUE);
        for (int i = 0; i < count; i++) {
            OutputSlot slot = reports.peek(i);
            door.deliver(slot, reports.payload(slot));
        }
        reports.release(count);
    }

    private ApplicationStage<Long, Long> stage() {
        PipelineMeters meters =
                new PipelineMeters(TraceConfig.DEFAULT, new PipelineConfig(8, 256, 4, 1_024));
        meters.stamps().handOver();
        return new ApplicationStage<>(
                new ApplicationStage.Config(16, 1),
                new ApplicationStage.Ports<>(
                        events,
                        output,
                        applier,
                        new Doors(List.of(door)),
                        cursors,
                        SystemTime.INSTANCE,
                        meters,
                        new ApplicationStage.Signals(Wakeup.NONE, Wakeup.NONE)));
    }
}
