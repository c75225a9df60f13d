package io.melin.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The kernel refuses, shortens or delays system calls of a whole node; see docs/nightly.md. {@code
 * -Dmelin.calls=COUNT} is how many numbers of each call are visited.
 */
@ExtendWith(QuietNodes.class)
@Timeout(1_800)
class SystemCallNightly {
    private static final int CALLS = Integer.getInteger("melin.calls", 16);

    /** Close to each other in the calls of a start, then ever farther apart. */
    private static final double GROWTH = 1.5;

    /** Of a node that lives: with a window of 32 some hundred writes and syncs. */
    private static final long LAST = 1_500;

    @TempDir Path scratch;

    /** The tracer counts by thread: the n-th call of each of them fails, and no later one. */
    @ParameterizedTest
    @CsvSource({
        "pwrite64, error=ENOSPC",
        "pwrite64, error=EIO",
        "pwrite64, retval=0",
        "fdatasync, error=EIO",
        "fdatasync, error=ENOSPC"
    })
    void stopsForGoodOrGoesOnAndKeepsWhatWasAnswered(String call, String fault) throws Exception {
        int failed = 0;
        for (int number : numbers()) {
            int code = run(call, fault + ":when=" + number);
            assertThat(code).as(call + " " + number).isIn(0, 1, RotatingWriter.FAILED);
            failed += code == 0 ? 0 : 1;
        }
        System.out.println(
                "SystemCallNightly: "
                        + call
                        + " "
                        + fault
                        + ", calls="
                        + numbers()
                        + ", nodes that stopped="
                        + failed);
        assertThat(failed).as("nodes that stopped").isPositive();
    }

    /** Neither is a failure of the node: names and directory are tried again. */
    @ParameterizedTest
    @CsvSource({"rename, error=EIO, 1", "fsync, error=EIO, 3"})
    void goesOnWhereANameCannotBeMade(String call, String fault, int ofStart) throws Exception {
        for (int number : numbers()) {
            int code = run(call, fault + ":when=" + number);
            boolean mayRefuse = number <= ofStart;
            assertThat(code)
                    .as(call + " " + number)
                    .isIn(mayRefuse ? List.of(0, RotatingWriter.FAILED) : List.of(0));
        }
    }

    @Test
    void isOnlyLateWhereASyncIsSlow() throws Exception {
        assertThat(run("fdatasync", "delay_exit=50000:when=5+5")).isZero();
        assertThat(run("pwrite64", "delay_enter=50000:when=5+5")).isZero();
    }

    /** A limit of the file size makes a real short write of the one that meets it. */
    @Test
    void stopsForGoodBehindAWriteThatWasReallyShort() throws Exception {
        Tools.require("prlimit", "util-linux");
        int failed = 0;
        for (int bytes = 16_000; bytes < 24_000; bytes += 1_000) {
            int code = run(List.of("prlimit", "--fsize=" + bytes), "short-" + bytes);
            assertThat(code).isIn(0, RotatingWriter.FAILED);
            failed += code == 0 ? 0 : 1;
        }
        System.out.println("SystemCallNightly: short writes, nodes that stopped=" + failed);
        assertThat(failed).isPositive();
    }

    private static List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>();
        double next = 1;
        while (numbers.size() < CALLS) {
            numbers.add((int) next);
            next = Math.max(next + 1, next * GROWTH) % 400;
        }
        return numbers;
    }

    /** Runs a node under an injected fault, checks what it left; its exit code. */
    private int run(String call, String fault) throws Exception {
        Tools.require("strace", "strace");
        List<String> tracer =
                List.of(
                        "strace",
                        "-f",
                        "-qq",
                        "--seccomp-bpf",
                        "-o",
                        "/dev/null",
                        "-e",
                        "trace=" + call,
                        "-e",
                        "inject=" + call + ":" + fault);
        return run(tracer, (call + "-" + fault).replaceAll("[^a-zA-Z0-9]", "-"));
    }

    private int run(List<String> wrapper, String name) throws Exception {
        Path own = scratch.resolve(name);
        try (ChildJvm child = ChildJvm.start(wrapper, RotatingWriter.class, own, 1, 0, LAST)) {
            int code = child.exitCode();
            long answered = child.last(0);
            assertThat(answered)
                    .as("answered, exit code " + code)
                    .isEqualTo(code == 0 ? LAST : answered);
            new RecoveredLedger(RotatingWriter.config(own).journal())
                    .check(answered, Math.min(LAST, answered + RotatingWriter.WINDOW));
            return code;
        }
    }
}
