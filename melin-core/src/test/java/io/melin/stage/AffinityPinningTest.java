package io.melin.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.melin.time.SystemTime;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AffinityPinningTest {
    private String ownCores = "";

    @BeforeEach
    void needsLinux() {
        boolean linux = Files.exists(Path.of("/proc/thread-self/status"));
        if (!linux) {
            System.out.println("AffinityPinningTest: SKIPPED, nothing is proven: no /proc here");
        }
        assumeTrue(linux);
        ownCores = KernelThread.coresAllowed();
    }

    /** The kernel is asked from outside of the thread, by its id. */
    @Test
    void putsEveryRunnerOnTheCoreItWishes() throws Exception {
        Pinning pinning = new AffinityPinning();
        SortedSet<Integer> cores = CpuBudget.detect().allowed();
        for (int core : cores.stream().limit(2).toList()) {
            Parked stage = new Parked("pinned" + core);
            StageRunner runner = runner(pinning, core, stage);

            runner.start();
            stage.started.await();

            ThreadFacts facts = runner.facts();
            assertThat(maskOf(facts.tid())).contains(Integer.toString(core));
            assertThat(facts.coresAllowed()).isEqualTo(Integer.toString(core));
            assertThat(facts.pinRefusal()).isNull();
            assertThat(nameOf(facts.tid())).isEqualTo("melin-pinned" + core);
            runner.stop();
            assertThat(runner.join(Duration.ofSeconds(30))).isTrue();
        }
        assertThat(KernelThread.coresAllowed()).isEqualTo(ownCores);
    }

    @Test
    void leavesEveryOtherThreadOfTheProcessWhereItWas() throws Exception {
        Pinning pinning = new AffinityPinning();
        Parked stage = new Parked("alone");
        StageRunner runner = runner(pinning, CpuBudget.detect().allowed().first(), stage);
        runner.start();
        stage.started.await();

        String[] tasks = Objects.requireNonNull(new File("/proc/self/task").list());
        for (String task : tasks) {
            long tid = Long.parseLong(task);
            if (tid != runner.facts().tid()) {
                // A thread may have ended since the list was made.
                assertThat(maskOf(tid).orElse(ownCores)).as("thread %s", tid).isEqualTo(ownCores);
            }
        }
        runner.stop();
        assertThat(runner.join(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void refusesACoreThatDoesNotExistAndRunsOn() throws Exception {
        Parked stage = new Parked("lost");
        StageRunner runner = runner(new AffinityPinning(), 900, stage);

        runner.start();
        stage.started.await();

        assertThat(runner.facts().pinRefusal()).contains("900");
        assertThat(runner.facts().coresAllowed()).isEqualTo(ownCores);
        runner.stop();
        assertThat(runner.join(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void refusesWithAReasonWithoutTheLibrary() throws Exception {
        try (URLClassLoader alone = alone(new ArrayList<>())) {
            Object result = pin(alone, newPinning(alone));

            assertThat(String.valueOf(result))
                    .startsWith("Refused[reason=net.openhft:affinity is not on the class path");
        }
        assertThat(KernelThread.coresAllowed()).isEqualTo(ownCores);
    }

    /** It takes some 70 ms of a start, which a node without a core of its own need not pay. */
    @Test
    void asksForTheLibraryWithTheFirstWish() throws Exception {
        List<String> asked = new ArrayList<>();
        try (URLClassLoader alone = alone(asked)) {
            Object pinning = newPinning(alone);
            assertThat(asked).noneMatch(name -> name.startsWith("net.openhft"));

            pin(alone, pinning);
            assertThat(asked).anyMatch(name -> name.startsWith("net.openhft"));
        }
    }

    @Test
    void leavesThreadsAloneWhenSwitchedOff() {
        assertThat(Pinning.NONE.pin(0)).isEqualTo(new Pinning.Refused("pinning is switched off"));
        assertThat(KernelThread.coresAllowed()).isEqualTo(ownCores);
    }

    /** Knows no class but ours and those of the platform. */
    private static URLClassLoader alone(List<String> asked) {
        CodeSource source =
                Objects.requireNonNull(AffinityPinning.class.getProtectionDomain().getCodeSource());
        return new URLClassLoader(
                new URL[] {source.getLocation()}, ClassLoader.getPlatformClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                asked.add(name);
                return super.findClass(name);
            }
        };
    }

    private static Object newPinning(ClassLoader loader) throws ReflectiveOperationException {
        return loader.loadClass(AffinityPinning.class.getName()).getConstructor().newInstance();
    }

    private static Object pin(ClassLoader loader, Object pinning)
            throws ReflectiveOperationException {
        return Objects.requireNonNull(
                loader.loadClass(Pinning.class.getName())
                        .getMethod("pin", int.class)
                        .invoke(pinning, 0));
    }

    private static Optional<String> maskOf(long tid) {
        try {
            return ProcText.coresAllowed(
                    Files.readString(Path.of("/proc/self/task/" + tid + "/status")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String nameOf(long tid) throws IOException {
        return Files.readString(Path.of("/proc/self/task/" + tid + "/comm")).strip();
    }

    private static StageRunner runner(Pinning pinning, int core, Stage stage) {
        return new StageRunner(
                List.of(stage),
                new StageRunner.Config(IdleStrategy.backoff(0, 0, 1_000_000_000), core),
                new StageRunner.Ports(
                        Threads.PLATFORM,
                        pinning,
                        SystemTime.INSTANCE,
                        new FailStop(),
                        new ThreadWakeup()));
    }

    private static final class Parked implements Stage {
        private final CountDownLatch started = new CountDownLatch(1);
        private final String name;

        Parked(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void onStart() {
            started.countDown();
        }

        @Override
        public int doWork() {
            return 0;
        }
    }
}
