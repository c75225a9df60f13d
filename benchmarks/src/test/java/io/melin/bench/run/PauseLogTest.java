package io.melin.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.bench.run.PauseLog.Pause;
import java.util.List;
import org.junit.jupiter.api.Test;

class PauseLogTest {
    private static final long LONG_NS = 1_000_000;

    /** As a JDK 17 writes them. */
    private static final List<String> OLD =
            List.of(
                    "[1000ms][gc,start    ] GC(0) Pause Young (Normal) (G1 Evacuation Pause)",
                    "[1002ms][gc          ] GC(0) Pause Young (Normal) 24M->3M(256M) 1.8ms",
                    "[1002ms][safepoint   ] Safepoint \"G1CollectForAllocation\", Time since last:"
                            + " 87 ns, Reaching safepoint: 9 ns, Cleanup: 3 ns, At safepoint:"
                            + " 1800000 ns, Total: 1800012 ns",
                    "[1500ms][safepoint   ] Safepoint \"Cleanup\", Time since last: 87 ns,"
                            + " Reaching safepoint: 9 ns, Cleanup: 3 ns, At safepoint: 2 ns,"
                            + " Total: 14 ns",
                    "[2000ms][gc,start    ] GC(1) Pause Young (Normal) (G1 Evacuation Pause)");

    @Test
    void eachCycleCountsOnceAndWhatWasLongHasItsCause() {
        PauseLog log = PauseLog.read(OLD, 0, 3_000, LONG_NS);

        assertThat(log.cycles()).isEqualTo(2);
        assertThat(log.safepoints()).isEqualTo(2);
        assertThat(log.longest()).containsExactly(new Pause("G1CollectForAllocation", 1_800_012));
    }

    @Test
    void onlyTheMeasuredTimeCounts() {
        PauseLog log = PauseLog.read(OLD, 1_500, 2_000, LONG_NS);

        assertThat(log).isEqualTo(new PauseLog(0, 1, List.of()));
    }

    @Test
    void aLineOfJdk25IsReadAsWell() {
        String line =
                "[1002ms][safepoint] Safepoint \"ICBufferFull\", Time since last: 87 ns, Reaching"
                        + " safepoint: 9 ns, At safepoint: 1 ns, Leaving safepoint: 1 ns, Total:"
                        + " 2000000 ns, Threads: 3 runnable, 20 total";

        PauseLog log = PauseLog.read(List.of(line), 0, 3_000, LONG_NS);

        assertThat(log.longest()).containsExactly(new Pause("ICBufferFull", 2_000_000));
    }
}
