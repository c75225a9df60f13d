package io.melin.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.app.Codec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class ReportBufferTest {
    private final ReportBuffer<Line> buffer = new ReportBuffer<>(new Line.LineCodec());
    private final Line line = new Line();

    @Test
    void givesEachReportByItsIndexInAnyOrder() {
        buffer.add(line.set(10, 3));
        buffer.add(line.set(20, 0));
        buffer.add(line.set(30, 1));

        assertThat(buffer.count()).isEqualTo(3);
        assertThat(buffer.payload(2).getLong()).isEqualTo(30);
        assertThat(buffer.payload(0).getLong()).isEqualTo(10);
        assertThat(buffer.payload(0).remaining()).isEqualTo(11).isEqualTo(buffer.payloadBytes(0));
        assertThat(buffer.payload(1).getLong()).isEqualTo(20);
        assertThat(buffer.payload(1).order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        assertThat(buffer.payloadBytes()).isEqualTo(11 + 8 + 9);
    }

    @Test
    void growsForALargeEventAndKeepsTheRoom() {
        int count = 300_000;
        for (int i = 0; i < count; i++) {
            buffer.add(line.set(i, i % 4));
        }
        byte[] room = buffer.encoded();

        assertThat(buffer.count()).isEqualTo(count);
        for (int i = 0; i < count; i += 997) {
            ByteBuffer payload = buffer.payload(i);
            assertThat(payload.remaining()).isEqualTo(8 + i % 4);
            assertThat(payload.getLong()).isEqualTo(i);
        }

        buffer.clear();
        buffer.add(line.set(1, 0));

        assertThat(buffer.count()).isEqualTo(1);
        assertThat(buffer.payload(0).getLong()).isEqualTo(1);
        assertThat(buffer.encoded()).isSameAs(room);
    }

    @Test
    void refusesAnIndexOutOfRange() {
        buffer.add(line.set(1, 0));

        assertThatThrownBy(() -> buffer.payload(1))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("index=1, count=1");
        assertThatThrownBy(() -> buffer.payloadBytes(-1))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void usesAFreshCodec() {
        FixedCodec codec = new FixedCodec(4, 4);
        new ReportBuffer<>(codec).add(1);

        assertThat(codec.encoded).isZero();
    }

    @Test
    void breaksWhenACodecWritesLessThanItsSize() {
        ReportBuffer<Integer> broken = new ReportBuffer<>(new FixedCodec(8, 4));

        assertThatThrownBy(() -> broken.add(1))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("end of an encoded report: expected=12, found=8");
        assertBroken(broken);
    }

    @Test
    void breaksWhenACodecWritesMoreThanItsSize() {
        ReportBuffer<Integer> broken = new ReportBuffer<>(new FixedCodec(4, 8));

        assertThatThrownBy(() -> broken.add(1))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("report encoded past its size: size=4");
        assertBroken(broken);
    }

    @Test
    void breaksOnANegativeSize() {
        ReportBuffer<Integer> broken = new ReportBuffer<>(new FixedCodec(-1, 0));

        assertThatThrownBy(() -> broken.add(1))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("size=-1");
        assertBroken(broken);
    }

    @Test
    void staysBrokenAfterAClear() {
        assertThatThrownBy(() -> buffer.add(line.set(1, -1)))
                .isInstanceOf(IllegalArgumentException.class);
        buffer.clear();

        assertBroken(buffer);
    }

    @Test
    void restoresTheByteOrderThatACodecChanged() {
        ReportBuffer<Integer> order =
                new ReportBuffer<>(
                        new FixedCodec(4, 4) {
                            @Override
                            public void encode(Integer value, ByteBuffer out) {
                                assertThat(out.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
                                out.order(ByteOrder.BIG_ENDIAN).putInt(value);
                            }

                            @Override
                            public FixedCodec fresh() {
                                return this;
                            }
                        });
        order.add(1);
        order.payload(0).order(ByteOrder.BIG_ENDIAN);
        order.add(2);

        assertThat(order.count()).isEqualTo(2);
        assertThat(order.payload(1).getInt()).isEqualTo(2 << 24);
    }

    private static void assertBroken(ReportBuffer<?> broken) {
        assertThatThrownBy(() -> broken.payload(0))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("R1");
        assertThat(broken.isBroken()).isTrue();
    }

    /** Says one size and writes another. */
    private static class FixedCodec implements Codec<Integer> {
        private final int size;
        private final int written;
        int encoded;

        FixedCodec(int size, int written) {
            this.size = size;
            this.written = written;
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public int size(Integer value) {
            return size;
        }

        @Override
        public void encode(Integer value, ByteBuffer out) {
            encoded++;
            for (int i = 0; i < written; i++) {
                out.put(value.byteValue());
            }
        }

        @Override
        public boolean isValid(ByteBuffer in) {
            return true;
        }

        @Override
        public Integer decode(ByteBuffer in, int version) {
            return (int) in.get();
        }

        @Override
        public FixedCodec fresh() {
            return new FixedCodec(size, written);
        }
    }
}
