package io.melin.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.durability.Policy;
import io.melin.ring.ArenaRing;
import io.melin.ring.OutputSlot;
import io.melin.ring.RingReader;
import io.melin.stage.Wakeup;
import io.melin.time.SystemTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResponseStageTest {
    private final ArenaRing<OutputSlot> output =
            ArenaRing.output(new ArenaRing.Config("output", 64, 4_096, 512));
    private final RingReader<OutputSlot> reader = output.reader("response");
    private final TestDoor door = new TestDoor();
    private final PipelineCursors cursors = PipelineCursors.startingAt(0);
    private final ResponseStage stage = stage();

    @Test
    void letsNothingOutBeforeTheGateStandsAtItsSequenceR1() {
        for (long sequence = 1; sequence <= 3; sequence++) {
            report(sequence, sequence, OutputKind.LAST);
        }
        cursors.stamped().publish(3);

        assertThat(stage.doWork()).isZero();
        assertThat(door.delivered).isEmpty();

        for (long durable = 1; durable <= 3; durable++) {
            cursors.durable().publish(durable);
            assertThat(stage.doWork()).isEqualTo(1);
            assertThat(door.delivered).endsWith(durable + ":" + durable + "=" + durable + ".");
            assertThat(stage.doWork()).isZero();
        }
        assertThat(door.delivered).hasSize(3);
        assertThat(output.used()).isZero();
    }

    @Test
    void letsAnUngatedAnswerOutButNotPastAGatedOneR2() {
        report(5, 1, (byte) (OutputKind.LAST | OutputKind.UNGATED));
        report(1, 2, OutputKind.LAST);
        report(1, 3, (byte) (OutputKind.LAST | OutputKind.UNGATED));

        assertThat(stage.doWork()).isEqualTo(1);
        assertThat(door.delivered).containsExactly("1:5=5.");

        cursors.stamped().publish(1);
        cursors.durable().publish(1);
        assertThat(stage.doWork()).isEqualTo(2);
        assertThat(door.delivered).containsExactly("1:5=5.", "2:1=1.", "3:1=1.");
    }

    /** Reports of many requests, while the disk gets on at its own pace. */
    @Test
    void keepsTheOrderOfTheRingAndEndsEachRequestOnceR1R2() {
        Random random = new Random(3);
        List<String> expected = new ArrayList<>();
        long sequence = 0;
        for (int round = 0; round < 20_000; round++) {
            if (random.nextBoolean() && output.used() < 50) {
                sequence++;
                int count = 1 + random.nextInt(4);
                for (int i = 1; i <= count; i++) {
                    report(sequence, sequence, i == count ? OutputKind.LAST : (byte) 0);
                    String end = i == count ? "." : "";
                    expected.add(sequence + ":" + sequence + "=" + sequence + end);
                }
                cursors.stamped().publish(sequence);
            }
            long durable = cursors.durable().plain();
            cursors.durable().publish(durable + random.nextInt((int) (sequence - durable) + 1));
            int before = door.delivered.size();
            stage.doWork();
            for (String answer : door.delivered.subList(before, door.delivered.size())) {
                assertThat(Long.parseLong(answer.replaceFirst(":.*", "")))
                        .as("R1")
                        .isLessThanOrEqualTo(cursors.durable().plain());
            }
        }
        cursors.durable().publish(sequence);
        stage.doWork();

        assertThat(sequence).isGreaterThan(1_000);
        assertThat(door.delivered).as("R2").isEqualTo(expected);
    }

    private void report(long sequence, long correlation, byte flags) {
        OutputSlot slot = Objects.requireNonNull(output.tryClaim(Long.BYTES));
        slot.kind(OutputKind.REPORT).flags(flags).sequence(sequence).timeNs(0);
        slot.connection(TestDoor.CONNECTION).correlation(correlation).receivedNs(0);
        output.payload(slot).putLong(sequence);
        output.publish();
    }

    private ResponseStage stage() {
        PipelineMeters meters =
                new PipelineMeters(TraceConfig.DEFAULT, new PipelineConfig(64, 256, 64, 4_096));
        meters.stamps().handOver();
        return new ResponseStage(
                256,
                new ResponseStage.Ports(
                        reader,
                        new DurabilityGate(cursors, Policy.DISK),
                        new Doors(List.of(door)),
                        SystemTime.INSTANCE,
                        meters,
                        Wakeup.NONE));
    }
}
