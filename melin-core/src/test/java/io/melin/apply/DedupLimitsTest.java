package io.melin.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DedupLimitsTest {
    @Test
    void ofTheLineageNeverChange() {
        assertThat(DedupLimits.LINEAGE)
                .isEqualTo(new DedupLimits(65_536, 1_024, 65_536, 65_536, 16_777_216));
    }

    @ParameterizedTest
    @CsvSource({
        "0,       64,     1,       1,       64,         clientsMax",
        "1048577, 64,     1,       1,       64,         clientsMax",
        "1,       32,     1,       1,       64,         window",
        "1,       96,     1,       1,       64,         window",
        "1,       131072, 1,       1,       64,         window",
        "1,       64,     0,       1,       64,         keysMax",
        "1,       64,     1,       0,       64,         outcomesMax",
        "1,       64,     1,       1,       32,         outcomeBytesMax",
        "1,       64,     1,       1,       100,        outcomeBytesMax",
        "32768,   65536,  1,       1,       64,         productMax",
    })
    void refuseAValueOutOfRange(
            int clients, int window, int keys, int outcomes, int bytes, String named) {
        assertThatThrownBy(() -> new DedupLimits(clients, window, keys, outcomes, bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }
}
