package io.melin.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.testing.AllocatedBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ErrorFrameTest {
    @Test
    void keepsATextThatFits() {
        assertThat(ErrorFrame.text("")).isEmpty();
        assertThat(ErrorFrame.text("zu groß"))
                .isEqualTo("zu groß".getBytes(StandardCharsets.UTF_8));
        assertThat(ErrorFrame.text("x".repeat(1_024))).hasSize(1_024);
    }

    @Test
    void cutsALongTextAtAWholeCharacter() {
        for (String character : new String[] {"x", "é", "€", "😀"}) {
            for (int before = 0; before < 5; before++) {
                String text = "x".repeat(before) + character.repeat(1_100);

                byte[] bytes = ErrorFrame.text(text);

                assertThat(text).startsWith(new String(bytes, StandardCharsets.UTF_8));
                assertThat(bytes).hasSizeBetween(1_021, 1_024);
            }
        }
    }

    @Test
    void isValidForEachCodeThatIsNotBusy() {
        for (Code code : Code.values()) {
            long request = code.endsConnection() ? 0 : 7;
            ByteBuffer error = payload(ErrorFrame.FRAME_BYTES_MIN);
            ErrorFrame.begin(error, request, code, 0);
            ByteBuffer busy = payload(BusyFrame.FRAME_BYTES);
            BusyFrame.write(busy, request, code);

            assertThat(BusyFrame.isValid(busy.flip().position(5)))
                    .as("%s", code)
                    .isEqualTo(code.isSentAsBusy());
            assertThat(ErrorFrame.isValid(error.flip().position(5)))
                    .as("%s", code)
                    .isEqualTo(!code.isSentAsBusy() && code != Code.REJECTED);
        }
    }

    @Test
    void ofTheConnectionNamesNoRequest() {
        ByteBuffer error = payload(ErrorFrame.FRAME_BYTES_MIN);
        ErrorFrame.begin(error, 7, Code.IDLE, 0);
        ByteBuffer busy = payload(BusyFrame.FRAME_BYTES);
        BusyFrame.write(busy, 7, Code.CONNECTIONS);

        assertThat(ErrorFrame.isValid(error.flip().position(5))).isFalse();
        assertThat(BusyFrame.isValid(busy.flip().position(5))).isFalse();
    }

    @Test
    void hasNoTextOverItsLimit() {
        ByteBuffer out = payload(ErrorFrame.FRAME_BYTES_MIN + 1_025);
        ErrorFrame.begin(out, 7, Code.FORBIDDEN, 1_025).position(out.limit());

        assertThat(ErrorFrame.isValid(out.position(5))).isFalse();
        assertThat(ErrorFrame.isValid(out.limit(out.limit() - 1))).isTrue();
    }

    @Test
    void isWrittenAndJudgedWithoutAllocation() {
        ByteBuffer out = payload(256);
        long allocated = AllocatedBytes.during(() -> writeAndJudge(out));

        assertThat(allocated).isLessThan(1_000);
    }

    private static void writeAndJudge(ByteBuffer out) {
        int valid = 0;
        for (int i = 0; i < 200_000; i++) {
            EndFrame.write(out.clear(), i, i, i, true);
            valid += EndFrame.isValid(out.flip().position(5)) ? 1 : 0;
            ErrorFrame.begin(out.clear(), i, Code.NOT_PRIMARY, 0);
            valid += ErrorFrame.isValid(out.flip().position(5)) ? 1 : 0;
            BusyFrame.write(out.clear(), i, Code.OVERLOADED);
            valid += BusyFrame.isValid(out.flip().position(5)) ? 1 : 0;
        }
        assertThat(valid).isEqualTo(600_000);
    }

    private static ByteBuffer payload(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
