package io.melin.test;

import java.time.Duration;
import java.util.SplittableRandom;

/** The suites that have to find planted bugs, one seed at a time. */
enum PlantedSuite {
    /** Power cuts under a whole node. */
    NODE("NodeCrashTest") {
        @Override
        void run(long seed, Machine machine) {
            new NodeHistory(seed, machine).run();
        }
    },
    /** Power cuts under a journal that rotates. */
    ROTATION("RotationCrashTest") {
        @Override
        void run(long seed, Machine machine) {
            new RotationHistory(seed, machine.storage(), new CrashTally()).run();
        }
    },
    /** Three rotations, and the disk fails at the call with the number of the seed. */
    DISK_FAULT("RotationCrashTest") {
        @Override
        void run(long seed, Machine machine) {
            new RotationScript(seed % 2 == 0, machine.storage()).survives((int) seed, Fault.eio());
        }
    },
    /** The power goes at each call of a save. */
    SNAPSHOT("SnapshotCrashTest") {
        @Override
        void run(long seed, Machine machine) throws Exception {
            boolean isSaved = false;
            for (int call = 1; !isSaved; call++) {
                isSaved = new SnapshotHistory(machine.storage()).cut(call, CrashPlan.random(seed));
            }
        }
    },
    /** Live, from a snapshot and replayed. */
    REPLAY("ReplayCheckTest") {
        @Override
        void run(long seed, Machine machine) throws Exception {
            SplittableRandom random = new SplittableRandom(seed);
            try (ReplayHistory<Long, Long> history =
                    new ReplayHistory<>(
                            machine.program().apply(Duration.ofMillis(2)), random, seed)) {
                SplittableRandom values = random.split();
                history.run(() -> values.nextLong(100) - 10);
            }
        }
    };

    private final String test;

    PlantedSuite(String test) {
        this.test = test;
    }

    /** Whose history it is. */
    String test() {
        return test;
    }

    /** Throws, whatever it may be, if it finds something. */
    abstract void run(long seed, Machine machine) throws Exception;
}
