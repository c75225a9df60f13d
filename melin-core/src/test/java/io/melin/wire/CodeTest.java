package io.melin.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.Refusal;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CodeTest {
    @Test
    void isFoundByItsByteAndNoOtherByteIsOne() {
        Set<Code> found = EnumSet.noneOf(Code.class);
        for (int number = Byte.MIN_VALUE; number <= Byte.MAX_VALUE; number++) {
            Code code = Code.of((byte) number);
            if (code != null) {
                assertThat(code.number()).isEqualTo((byte) number);
                found.add(code);
            }
        }

        assertThat(found).containsExactly(Code.values());
    }

    @Test
    void standsForEachRefusalOnce() {
        Set<Refusal> found = new HashSet<>();
        for (Refusal refusal : Refusal.values()) {
            assertThat(Code.of(refusal).refusal()).isEqualTo(refusal);
            assertThat(Code.of(refusal).name()).isEqualTo(refusal.name());
        }
        for (Code code : Code.values()) {
            Refusal refusal = code.refusal();
            if (refusal != null) {
                assertThat(Code.of(refusal)).isEqualTo(code);
                assertThat(found.add(refusal)).as("%s twice", refusal).isTrue();
            }
        }

        assertThat(found).containsExactlyInAnyOrder(Refusal.values());
    }

    @Test
    void isBusyOnlyForWhatCanSucceedLaterOnThisServer() {
        for (Code code : Code.values()) {
            Refusal refusal = code.refusal();
            boolean isOfAnotherServer = code == Code.NOT_PRIMARY || code == Code.FENCED;

            assertThat(code.isBusy())
                    .as("%s", code)
                    .isEqualTo(refusal != null && refusal.isRetryable() && !isOfAnotherServer);
        }
    }

    @Test
    void endsTheConnectionFromThirtyTwoOn() {
        for (Code code : Code.values()) {
            assertThat(code.endsConnection()).isEqualTo(code.number() >= 32);
            assertThat(code.refusal() != null && code.endsConnection()).isFalse();
        }
        assertThat(Code.CONNECTIONS.isSentAsBusy()).isTrue();
        assertThat(Code.PROTOCOL.isSentAsBusy()).isFalse();
    }
}
