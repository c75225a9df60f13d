package io.melin.stage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcTextTest {

    @Test
    void findsTheAllowedCoresAmongTheLinesOfAStatus() {
        String status =
                """
                Name:\tjava
                Threads:\t38
                Cpus_allowed:\tff,00000003
                Cpus_allowed_list:\t0-1,32-39
                Mems_allowed_list:\t0
                """;

        assertThat(ProcText.coresAllowed(status)).contains("0-1,32-39");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Cpus_allowed:\t3\n", "Cpus_allowed_list:\n", "Cpus_allowed_list"})
    void findsNoAllowedCoresWhereThereIsNoSuchLine(String status) {
        assertThat(ProcText.coresAllowed(status)).isEmpty();
    }

    @Test
    void readsListsOfCores() {
        assertThat(ProcText.cores("0")).containsExactly(0);
        assertThat(ProcText.cores("0-3\n")).containsExactly(0, 1, 2, 3);
        assertThat(ProcText.cores("8,0-1,4-4")).containsExactly(0, 1, 4, 8);
        assertThat(ProcText.cores("1023")).containsExactly(1023);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " \n", ",", "1,", "-1", "1-", "3-1", "1-2-3", "a", "0x1", "1 2", "99999"
            })
    void readsNoCoresFromWhatMakesNoSense(String list) {
        assertThat(ProcText.cores(list)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"200000 100000,2.0", "50000 100000,0.5", "150000 100000,1.5", "1 3,0.333"})
    void readsAQuotaOfVersion2(String text, double cpus) {
        assertThat(ProcText.quota(text + "\n").orElseThrow())
                .isCloseTo(cpus, org.assertj.core.data.Offset.offset(0.001));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"max 100000", "", "200000", "a b", "0 100000", "100000 0", "1 2 3", "-1 9"})
    void readsNoLimitOfVersion2(String text) {
        assertThat(ProcText.quota(text)).isEmpty();
    }

    @Test
    void readsAQuotaOfVersion1() {
        assertThat(ProcText.quota("250000\n", "100000\n")).hasValue(2.5);
        assertThat(ProcText.quota("-1\n", "100000\n")).isEmpty();
        assertThat(ProcText.quota("", "")).isEmpty();
        assertThat(ProcText.quota("100000", "0")).isEmpty();
        assertThat(ProcText.quota("99999999999999999999", "1")).isEmpty();
    }
}
