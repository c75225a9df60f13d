package io.melin.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventKindTest {
    @Test
    void keepsItsNumbersForEver() {
        assertThat(
                        new byte[] {
                            EventKind.APP,
                            EventKind.TICK,
                            EventKind.EPOCH,
                            EventKind.POLICY_CHANGE,
                            EventKind.SKIP,
                            EventKind.CONFIG
                        })
                .containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void knowsItsSixAndNoOther() {
        List<Integer> known = new ArrayList<>();
        for (int kind = Byte.MIN_VALUE; kind <= Byte.MAX_VALUE; kind++) {
            if (EventKind.isKnown((byte) kind)) {
                known.add(kind);
            }
        }

        assertThat(known).containsExactly(1, 2, 3, 4, 5, 6);
    }
}
