package io.melin.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    private final Outcome<Line> outcome = new Outcome<>(new Line.LineCodec());

    @Test
    void keepsAReasonOfTheLargestLengthWhole() {
        String reason = "x".repeat(Outcome.REASON_BYTES_MAX);
        outcome.reject(reason);

        assertThat(outcome.reason()).isEqualTo(reason);
    }

    @Test
    void cutsALongReasonAtAWholeCharacter() {
        String reason = "x" + "\u20AC".repeat(600);
        outcome.reject(reason);

        assertThat(outcome.reasonBytes()).isEqualTo(1_024);
        assertThat(outcome.reason()).isEqualTo(reason.substring(0, 342));

        outcome.reject("xy" + reason.substring(1));

        assertThat(outcome.reasonBytes()).isEqualTo(1_023 - 1);
        assertThat(outcome.reason()).doesNotContain("\uFFFD");
    }

    @Test
    void writesTheReasonAsUtf8() {
        outcome.reject("na\u00EFve");
        ByteBuffer target = ByteBuffer.allocate(outcome.reasonBytes());
        outcome.writeReason(target);

        assertThat(new String(target.array(), StandardCharsets.UTF_8)).isEqualTo("na\u00EFve");
        assertThat(target.hasRemaining()).isFalse();
    }

    @Test
    void forgetsTheReasonWithTheNextEvent() {
        outcome.reject("no");
        outcome.reset(2, 3);

        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.NONE);
        assertThat(outcome.reason()).isEmpty();
        assertThat(outcome.reasonBytes()).isZero();
    }
}
