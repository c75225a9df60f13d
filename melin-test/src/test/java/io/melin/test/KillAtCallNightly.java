package io.melin.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process on a real file system at each of its storage calls, one after the other; see
 * docs/nightly.md. {@code -Dmelin.kill.step=N} kills at every n-th of them only, {@code
 * -Dmelin.kill.calls=COUNT} is how many calls of a whole node are visited.
 */
@ExtendWith(QuietNodes.class)
@Timeout(1_800)
class KillAtCallNightly {
    private static final int STEP = Integer.getInteger("melin.kill.step", 1);
    private static final int NODE_CALLS = Integer.getInteger("melin.kill.calls", 300);
    private static final int PROCESSES = 2;

    @TempDir Path directory;

    /** A process that is killed at a call, and what it left. */
    private interface Kill {
        void at(int call) throws Exception;
    }

    /** Between two calls nothing changes on the disk: before one is after the one before it. */
    @Test
    void keepsWhatWasAnsweredKilledAtEveryCallOfAScript() throws Exception {
        int last = calls().get(0);
        List<Integer> calls = IntStream.rangeClosed(1, last).boxed().toList();
        System.out.println(
                "KillAtCallNightly: script, calls="
                        + last
                        + ", killed at="
                        + each(calls, this::kill));
    }

    @Test
    void keepsWhatWasAnsweredKilledInTheMiddleOfEveryWriteOfAScript() throws Exception {
        List<Integer> calls = calls();
        List<Integer> writes = calls.subList(1, calls.size());
        assertThat(writes).hasSizeGreaterThan(30);
        System.out.println(
                "KillAtCallNightly: script, writes="
                        + writes.size()
                        + ", killed in="
                        + each(writes, this::tear));
    }

    /** With all its threads, so that each run has other calls at that number. */
    @Test
    void keepsWhatWasAnsweredKilledAtEveryCallOfANode() throws Exception {
        List<Integer> calls = IntStream.rangeClosed(1, NODE_CALLS).boxed().toList();
        System.out.println("KillAtCallNightly: node, killed at=" + each(calls, this::killNode));
    }

    /** Of a script that is left alone, its last line: how many, and which of them are writes. */
    private List<Integer> calls() throws Exception {
        Path clean = directory.resolve("clean");
        try (ChildJvm child = ChildJvm.start(KilledScript.class, clean, 0, false)) {
            assertThat(child.exitCode()).as(child.log()).isZero();
            List<String> lines = child.lines();
            assertThat(lines).hasSize((int) KilledScript.VALUES + 1);
            new RecoveredLedger(KilledScript.config(clean))
                    .check(KilledScript.VALUES, KilledScript.VALUES);
            return Stream.of(lines.get(lines.size() - 1).split(" "))
                    .map(Integer::parseInt)
                    .toList();
        }
    }

    private void kill(int call) throws Exception {
        kill(call, false);
    }

    private void tear(int call) throws Exception {
        kill(call, true);
    }

    private void kill(int call, boolean isTorn) throws Exception {
        Path own = directory.resolve("call-" + isTorn + call);
        try (ChildJvm child = ChildJvm.start(KilledScript.class, own, call, isTorn)) {
            assertThat(child.exitCode()).as(child.log()).isEqualTo(HaltingStorage.KILLED);
            long answered = child.last(0);
            new RecoveredLedger(KilledScript.config(own)).check(answered, answered + 1);
            delete(own);
        }
    }

    private void killNode(int call) throws Exception {
        Path own = directory.resolve("node-" + call);
        try (ChildJvm child = ChildJvm.start(RotatingWriter.class, own, 1, call)) {
            assertThat(child.exitCode()).as(child.log()).isEqualTo(HaltingStorage.KILLED);
            long answered = child.last(0);
            new RecoveredLedger(RotatingWriter.config(own).journal())
                    .check(answered, answered + RotatingWriter.WINDOW);
            delete(own);
        }
    }

    private static void delete(Path directory) throws Exception {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    /** Several processes at a time, since each mostly waits for its own start; how many in all. */
    private static int each(List<Integer> calls, Kill kill) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(PROCESSES);
        try {
            List<Future<?>> kills = new ArrayList<>();
            for (int i = 0; i < calls.size(); i += STEP) {
                int call = calls.get(i);
                kills.add(threads.submit(() -> repeatable(call, kill)));
            }
            for (Future<?> each : kills) {
                each.get();
            }
            return kills.size();
        } finally {
            threads.shutdownNow();
        }
    }

    private static void repeatable(int call, Kill kill) {
        try {
            kill.at(call);
        } catch (Throwable e) {
            throw new AssertionError("killed at call " + call, e);
        }
    }
}
