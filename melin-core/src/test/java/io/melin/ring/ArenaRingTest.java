package io.melin.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArenaRingTest {
    private final ArenaRing<InputSlot> ring =
            ArenaRing.input(new ArenaRing.Config("input", 4, 64, 32));

    @ParameterizedTest
    @CsvSource({"0,64,8", "1,64,8", "3,64,8", "-4,64,8", "4,1,0", "4,48,8", "4,64,33", "4,64,-1"})
    void refusesSizesThatCannotWork(int slots, int arenaBytes, int payloadBytesMax) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ArenaRing.Config("r", slots, arenaBytes, payloadBytesMax))
                .withMessageContaining("ring=r");
    }

    @Test
    void acceptsTheSmallestSizes() {
        ArenaRing<OutputSlot> small = ArenaRing.output(new ArenaRing.Config("r", 2, 2, 1));
        RingReader<OutputSlot> reader = small.reader("reader");

        for (int i = 0; i < 10; i++) {
            OutputSlot slot = Objects.requireNonNull(small.tryClaim(1));
            small.payload(slot).put((byte) i);
            small.publish();

            assertThat(reader.available(9)).isEqualTo(1);
            assertThat(reader.payload(reader.peek(0)).get()).isEqualTo((byte) i);
            reader.release(1);
        }
    }

    @Test
    void carriesEveryFieldAndThePayload() {
        RingReader<InputSlot> reader = ring.reader("reader");
        InputSlot slot = Objects.requireNonNull(ring.tryClaim(12));
        slot.kind((byte) 1)
                .idScheme((byte) 2)
                .flags((byte) 3)
                .sequence(4)
                .timeNs(5)
                .idHigh(6)
                .idLow(7)
                .connection(8)
                .correlation(9)
                .receivedNs(10);
        ring.payload(slot).putInt(11).putLong(12);
        ring.publish();

        assertThat(reader.available(10)).isEqualTo(1);
        InputSlot seen = reader.peek(0);
        assertThat(seen.kind()).isEqualTo((byte) 1);
        assertThat(seen.idScheme()).isEqualTo((byte) 2);
        assertThat(seen.flags()).isEqualTo((byte) 3);
        assertThat(seen.sequence()).isEqualTo(4);
        assertThat(seen.timeNs()).isEqualTo(5);
        assertThat(seen.idHigh()).isEqualTo(6);
        assertThat(seen.idLow()).isEqualTo(7);
        assertThat(seen.connection()).isEqualTo(8);
        assertThat(seen.correlation()).isEqualTo(9);
        assertThat(seen.receivedNs()).isEqualTo(10);
        assertThat(seen.payloadLength()).isEqualTo(12);
        ByteBuffer payload = reader.payload(seen);
        assertThat(payload.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        assertThat(payload.remaining()).isEqualTo(12);
        assertThat(payload.getInt()).isEqualTo(11);
        assertThat(payload.getLong()).isEqualTo(12);
    }

    /** R4 too: full for the writer, empty for the reader, and each call returns. */
    @Test
    void showsNothingBeforePublishAndThenAllR3() {
        RingReader<InputSlot> reader = ring.reader("reader");

        for (int i = 0; i < 4; i++) {
            assertThat(ring.tryClaim(1)).isNotNull();
            assertThat(reader.available(9)).isZero();
            assertThat(ring.unpublished()).isEqualTo(i + 1);
        }
        assertThat(ring.tryClaim(1)).isNull();
        assertThat(reader.available(9)).isZero();
        assertThat(ring.used()).isZero();
        ring.publish();

        assertThat(reader.available(9)).isEqualTo(4);
        assertThat(reader.available(3)).isEqualTo(3);
        assertThat(ring.unpublished()).isZero();
        assertThat(ring.used()).isEqualTo(4);
    }

    @Test
    void waitsForTheSlowestReaderR1() {
        RingReader<InputSlot> fast = ring.reader("fast");
        RingReader<InputSlot> slow = ring.reader("slow");
        for (int i = 0; i < 4; i++) {
            assertThat(ring.tryClaim(0)).isNotNull();
        }
        ring.publish();

        assertThat(fast.available(9)).isEqualTo(4);
        fast.release(4);
        assertThat(ring.tryClaim(0)).isNull();
        assertThat(slow.available(9)).isEqualTo(4);
        slow.release(1);

        assertThat(ring.tryClaim(0)).isNotNull();
        assertThat(ring.tryClaim(0)).isNull();
        assertThat(fast.backlog()).isZero();
        assertThat(slow.backlog()).isEqualTo(3);
        assertThat(ring.used()).isEqualTo(3);
    }

    @Test
    void refusesAReaderAfterTheFirstClaim() {
        ring.reader("early");
        assertThat(ring.tryClaim(0)).isNotNull();

        assertThatIllegalStateException()
                .isThrownBy(() -> ring.reader("late"))
                .withMessageContaining("reader=late");
    }

    @Test
    void refusesAClaimWithoutAReaderAndTwoReadersOfOneName() {
        assertThatIllegalStateException().isThrownBy(() -> ring.tryClaim(0));

        ring.reader("a");
        assertThatIllegalArgumentException().isThrownBy(() -> ring.reader("a"));
    }

    @Test
    void refusesPayloadsBeyondTheLimit() {
        ring.reader("reader");

        assertThatIllegalArgumentException().isThrownBy(() -> ring.tryClaim(33));
        assertThatIllegalArgumentException().isThrownBy(() -> ring.tryClaim(-1));
        assertThat(ring.tryClaim(32)).isNotNull();
    }

    @Test
    void letsAReaderNeitherWriteNorReachBeyondWhatIsAvailable() {
        RingReader<InputSlot> reader = ring.reader("reader");
        assertThat(ring.tryClaim(8)).isNotNull();
        ring.publish();

        assertThatThrownBy(() -> reader.peek(0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(reader.available(9)).isEqualTo(1);
        assertThatThrownBy(() -> reader.peek(1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> reader.peek(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> reader.release(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> reader.release(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> reader.payload(reader.peek(0)).put((byte) 1))
                .isInstanceOf(ReadOnlyBufferException.class);
    }

    @Test
    void keepsEachReadersBufferApart() {
        RingReader<InputSlot> one = ring.reader("one");
        RingReader<InputSlot> two = ring.reader("two");
        InputSlot slot = Objects.requireNonNull(ring.tryClaim(8));
        ring.payload(slot).putLong(7);
        ring.publish();
        assertThat(one.available(1)).isEqualTo(1);
        assertThat(two.available(1)).isEqualTo(1);

        ByteBuffer read = one.payload(one.peek(0));
        assertThat(two.payload(two.peek(0)).getLong()).isEqualTo(7);

        assertThat(read.position()).isZero();
        assertThat(read.remaining()).isEqualTo(8);
    }

    @Test
    void goesOnBeyondItsCapacityWithASlowAndAFastReader() {
        RingReader<InputSlot> fast = ring.reader("fast");
        RingReader<InputSlot> slow = ring.reader("slow");
        int written = 0;
        int readSlowly = 0;

        while (written < 2 * ring.capacity()) {
            InputSlot slot = ring.tryClaim(4);
            if (slot != null) {
                ring.payload(slot).putInt(written++);
                ring.publish();
            }
            if (fast.available(9) > 0) {
                assertThat(fast.payload(fast.peek(0)).getInt()).isEqualTo(written - 1);
                fast.release(1);
            }
            if (slot == null) {
                assertThat(slow.available(1)).isEqualTo(1);
                assertThat(slow.payload(slow.peek(0)).getInt()).isEqualTo(readSlowly++);
                slow.release(1);
            }
        }

        assertThat(fast.backlog()).isZero();
        assertThat(slow.backlog()).isEqualTo(written - readSlowly).isEqualTo(ring.capacity());
    }

    @Test
    void stopsForTheArenaThoughSlotsAreFreeR1() {
        RingReader<InputSlot> reader = ring.reader("reader");
        assertThat(ring.tryClaim(32)).isNotNull();
        assertThat(ring.tryClaim(31)).isNotNull();
        ring.publish();

        assertThat(ring.tryClaim(2)).isNull();
        assertThat(ring.tryClaim(1)).isNotNull();
        assertThat(ring.tryClaim(1)).isNull();
        assertThat(ring.tryClaim(0)).isNotNull();
        assertThat(reader.available(9)).isEqualTo(2);
        reader.release(1);

        assertThat(ring.tryClaim(32)).isNotNull();
    }
}
