package io.melin.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcStatusTest {
    @Test
    void whatIsResidentIsFoundAmongOthers() throws IOException {
        List<String> status = List.of("VmHWM:\t  310000 kB", "VmRSS:\t  299008 kB", "Threads:\t40");

        assertThat(ProcStatus.residentKiB(status)).isEqualTo(299_008);
    }

    @Test
    void aProcessThatIsGoneHasNone() {
        assertThatThrownBy(() -> ProcStatus.residentKiB(List.of("State:\tZ (zombie)")))
                .isInstanceOf(IOException.class);
    }
}
