package io.melin.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.journal.Journal;
import io.melin.journal.JournalException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One scripted run, created, closed, recovered, closed; and again with a fault at its n-th change
 * of the disk, for every n.
 */
class JournalFaultTest {
    private static final Logger QUIET = Logger.getLogger("io.melin.journal");
    private static final long SEED = 42;
    private static final int IMAGES = 8;

    JournalFaultTest() {
        QUIET.setLevel(Level.OFF);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Input/output error", "No space left on device"})
    void stopsForGoodAtEveryFailedCall(String message) {
        int changes = cleanRun().changes();

        for (int number = 1; number <= changes; number++) {
            Fault fault = message.startsWith("Input") ? Fault.eio() : Fault.noSpace();
            Run run = new Run();
            run.disk.failAtChange(number, fault);
            run.expectFailure(number, message);
        }

        System.out.println("JournalFaultTest: " + message + " at each of " + changes + " changes");
    }

    @Test
    void stopsForGoodAtEveryWriteThatMakesNoProgress() {
        long writes = cleanRun().disk.count(DiskCall.Kind.WRITE);

        for (int number = 1; number <= writes; number++) {
            Run run = new Run();
            run.disk.failAt(DiskCall.Kind.WRITE, number, Fault.shortWrite(0));
            run.expectFailure(number, "no progress");
        }

        System.out.println("JournalFaultTest: no progress at each of " + writes + " writes");
    }

    /** A short write is no failure: the rest follows, and the files are the same. */
    @Test
    void completesEveryShortWrite() {
        Run clean = cleanRun();
        long writes = clean.disk.count(DiskCall.Kind.WRITE);

        for (int number = 1; number <= writes; number++) {
            Run run = new Run();
            run.disk.failAt(DiskCall.Kind.WRITE, number, Fault.shortWrite(number * 7 % 60 + 1));
            run.script();
            assertThat(run.disk.durableImage()).as("write " + number).isEqualTo(clean.image());
        }
    }

    /** While a call hangs nothing is published; once it goes on, all is as ever. */
    @Test
    void publishesNothingWhileAnyCallStalls() {
        Run clean = cleanRun();
        int changes = clean.changes();

        for (int number = 1; number <= changes; number++) {
            Run run = new Run();
            run.disk.failAtChange(number, Fault.hook(run::checkNothingIsAhead));
            run.script();
            assertThat(run.hooks).as("change " + number).isEqualTo(1);
            assertThat(run.disk.durableImage()).as("change " + number).isEqualTo(clean.image());
        }
    }

    @Test
    void holdsTheCallerAndTheFramesWhileASyncHangs() throws Exception {
        Run run = new Run();
        try (Journal journal = run.driver.open()) {
            Stall stall = new Stall();
            run.disk.failAt(DiskCall.Kind.FORCE, 1, Fault.stall(stall));
            run.driver.append(journal, 3);
            long backlog = journal.frames().backlogBytes();

            CompletableFuture<?> disk =
                    CompletableFuture.runAsync(
                            () -> journal.writer().writeAndForce(journal.frames()));
            stall.awaitEntered(Duration.ofSeconds(10));

            assertThat(journal.writer().durableSequence().acquire()).isZero();
            assertThat(journal.frames().backlogBytes()).isEqualTo(backlog).isPositive();
            assertThat(disk).isNotDone();
            stall.release();
            disk.get(10, TimeUnit.SECONDS);
            assertThat(journal.writer().durableSequence().acquire()).isEqualTo(3);
            assertThat(journal.writer().writeAndForce(journal.frames())).as("hashed").isFalse();
            assertThat(journal.frames().backlogBytes()).isZero();
        }
    }

    private static Run cleanRun() {
        Run run = new Run();
        run.script();
        assertThat(run.disk.locks()).isEmpty();
        return run;
    }

    /** The same calls each time, until one of them fails. */
    private static final class Run {
        private final SimulatedDisk disk = new SimulatedDisk(SEED);
        private final JournalDriver driver =
                new JournalDriver(disk, JournalDriver.config(2), new Random(SEED));
        private @Nullable Journal journal;
        private int hooks;

        Run() {
            disk.record(true);
        }

        int changes() {
            return (int) disk.changes();
        }

        DiskImage image() {
            return disk.durableImage();
        }

        void script() {
            life(12);
            life(6);
        }

        private void life(int batches) {
            Journal opened = driver.open();
            journal = opened;
            for (int batch = 0; batch < batches; batch++) {
                driver.append(opened, 4);
                driver.writeAndForce(opened);
            }
            opened.close();
            journal = null;
        }

        void checkNothingIsAhead() {
            hooks++;
            Journal open = journal;
            if (open != null) {
                assertThat(open.writer().durableSequence().acquire())
                        .isEqualTo(driver.ledger().promised());
            }
            driver.checkBoots(disk.durableImage());
        }

        void expectFailure(int number, String message) {
            assertThatThrownBy(this::script)
                    .as("fault at change " + number + ", repeat: seed " + SEED)
                    .isInstanceOf(JournalException.JournalIoFailure.class)
                    .hasMessageContaining(message);
            Journal failed = journal;
            if (failed != null) {
                checkStaysDown(failed);
            }
            checkNothingFollowed();
            assertThat(disk.locks()).isEmpty();
            for (int image = 0; image < IMAGES; image++) {
                driver.checkBoots(disk.crashImage(CrashPlan.random(number * 100L + image)));
            }
        }

        private void checkStaysDown(Journal failed) {
            long durable = driver.ledger().promised();
            ThrowingCallable again = () -> failed.writer().writeAndForce(failed.frames());
            assertThat(failed.writer().isPoisoned()).isTrue();
            assertThatThrownBy(again).isInstanceOf(JournalException.JournalPoisoned.class);
            driver.append(failed, 1);
            assertThatThrownBy(again).isInstanceOf(JournalException.JournalPoisoned.class);
            assertThat(failed.writer().durableSequence().acquire()).isEqualTo(durable);
            assertThat(failed.writer().durableProgress().sequence()).isEqualTo(durable);
            failed.close();
            failed.close();
        }

        private void checkNothingFollowed() {
            List<DiskCall> changes = new ArrayList<>();
            for (DiskCall call : disk.calls()) {
                if (call.kind().isChange()) {
                    changes.add(call);
                }
            }
            DiskCall last = changes.get(changes.size() - 1);
            assertThat(last.faulted()).as("calls after the failed one: " + changes).isTrue();
        }
    }
}
