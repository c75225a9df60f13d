package io.melin.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostTimeTest {
    @Test
    void whatTheHostTookIsTheEighthOfAllCores() throws IOException {
        HostTime before = HostTime.of(List.of("cpu  100 0 50 800 10 0 5 35 7 0", "cpu0 1 2 3"));
        HostTime after = HostTime.of(List.of("cpu  150 0 60 820 10 0 5 55 9 0", "cpu0 1 2 3"));

        assertThat(before).isEqualTo(new HostTime(35, 1_000));
        assertThat(after.stolenPercent(before)).isEqualTo(20.0);
        assertThat(after.stolenPercent(after)).isZero();
    }

    @Test
    void anotherFileIsRefused() {
        assertThatThrownBy(() -> HostTime.of(List.of("cpu0 1 2 3 4 5 6 7 8")))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> HostTime.of(List.of())).isInstanceOf(IOException.class);
    }
}
