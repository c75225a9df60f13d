package io.melin.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.melin.event.EventKind;
import io.melin.event.IdScheme;
import io.melin.testing.Seeds;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ApplierSnapshotTest {
    private static final DedupLimits LIMITS = new DedupLimits(5, 64, 6, 12, 512);

    @Test
    void hasTheSameBytesForTheSameHistoryInEveryBuild() throws Exception {
        CRC32C crc = new CRC32C();
        crc.update(snapshotOf(new Random(42), 2_000));

        assertThat(crc.getValue()).isEqualTo(924_152_547L);
    }

    @Test
    void ofAnEmptyNodeIsSmall() throws Exception {
        assertThat(snapshotOf(new Random(1), 0)).hasSize(4 + 32 + 24 + 12 + 4 + 24);
    }

    @Test
    void keepsTheDrainedMarkApartFromTheTimeOfARepeat() throws Exception {
        byte[] payload = Posting.bytes(Posting.ADD, 0, 1).array();
        EventApplier<Posting, Line> applier = EventApplierOracleTest.applier(LIMITS);
        for (int i = 1; i <= 2; i++) {
            new LoggedEvent(EventKind.APP, IdScheme.KEY, 1, 1, i, i * 100, payload)
                    .applyTo(applier);
        }

        assertThat(restore(EventApplierOracleTest.snapshot(applier)).position())
                .isEqualTo(new StatePosition(2, 200, 100, 0));
    }

    @TestFactory
    Stream<DynamicTest> failsAtEveryLengthThatIsCutShort() {
        return Seeds.each(
                ApplierSnapshotTest.class,
                (random, repro) -> {
                    byte[] snapshot = snapshotOf(random, 100);
                    for (int length = 0; length < snapshot.length; length++) {
                        byte[] cut = Arrays.copyOf(snapshot, length);
                        assertThatThrownBy(() -> restore(cut))
                                .as(repro + ", length=" + length)
                                .isInstanceOf(IOException.class);
                    }
                });
    }

    @TestFactory
    Stream<DynamicTest> leavesTrailingBytesToItsCallerAndReadsNoneOfThem() {
        return Seeds.each(
                ApplierSnapshotTest.class,
                (random, repro) -> {
                    byte[] snapshot = snapshotOf(random, 300);
                    SnapshotBytes.Reader in =
                            new SnapshotBytes.Reader(Arrays.copyOf(snapshot, snapshot.length + 9));
                    EventApplierOracleTest.applier(LIMITS).restore(in, 1);

                    assertThat(in.remaining()).as(repro).isEqualTo(9);
                });
    }

    /**
     * A flipped bit is refused or shows up in what is written next: never a crash, never forgotten.
     */
    @TestFactory
    Stream<DynamicTest> survivesEverySingleFlippedBit() {
        return Seeds.each(
                ApplierSnapshotTest.class,
                (random, repro) -> {
                    byte[] snapshot = snapshotOf(random, 40);
                    int refused = 0;
                    for (int bit = 0; bit < snapshot.length * 8; bit++) {
                        byte[] flipped = snapshot.clone();
                        flipped[bit / 8] ^= (byte) (1 << bit % 8);
                        try {
                            byte[] again = EventApplierOracleTest.snapshot(restore(flipped));
                            if (!Arrays.equals(again, flipped)) {
                                fail("forgot a flipped bit: bit=%d, %s", bit, repro);
                            }
                        } catch (IOException e) {
                            refused++;
                        }
                    }
                    assertThat(refused).as(repro).isGreaterThan(24 * 8);
                });
    }

    @Test
    void isRefusedUnderOtherLimits() throws Exception {
        byte[] snapshot = snapshotOf(new Random(1), 100);
        DedupLimits other = new DedupLimits(5, 128, 6, 12, 512);

        assertThatThrownBy(() ->
                        EventApplierOracleTest.applier(other)
                                .restore(new SnapshotBytes.Reader(snapshot), 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("name=window, snapshot=64, configured=128");
    }

    @Test
    void poisonsTheApplierThatCouldNotReadIt() throws Exception {
        byte[] snapshot = snapshotOf(new Random(1), 100);
        EventApplier<Posting, Line> applier = EventApplierOracleTest.applier(LIMITS);
        byte[] cut = Arrays.copyOf(snapshot, snapshot.length - 1);

        assertThatThrownBy(() -> applier.restore(new SnapshotBytes.Reader(cut), 1))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(applier::application).hasMessageContaining("poisoned");
    }

    private static EventApplier<Posting, Line> restore(byte[] snapshot) throws IOException {
        EventApplier<Posting, Line> applier = EventApplierOracleTest.applier(LIMITS);
        applier.restore(new SnapshotBytes.Reader(snapshot), 1);
        return applier;
    }

    private static byte[] snapshotOf(Random random, int events) throws Exception {
        History history = new History(random, LIMITS.window());
        EventApplier<Posting, Line> applier = EventApplierOracleTest.applier(LIMITS);
        for (int i = 0; i < events; i++) {
            history.next().applyTo(applier);
        }
        return EventApplierOracleTest.snapshot(applier);
    }
}
