package io.melin.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TagTest {
    @Test
    void isOfTheApplicationFrom10To2FButFor22() {
        for (int tag = Byte.MIN_VALUE; tag <= Byte.MAX_VALUE; tag++) {
            assertThat(Tag.isOfApplication((byte) tag))
                    .as("tag %d", tag)
                    .isEqualTo(tag >= 0x10 && tag <= 0x2F && tag != 0x22);
        }
    }
}
