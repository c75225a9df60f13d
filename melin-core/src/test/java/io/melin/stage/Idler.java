package io.melin.stage;

import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Never has work; tells when the runner has looked often enough to be parked or about to. */
final class Idler extends Recorder {
    private final CountDownLatch parked;
    private int laps;

    Idler(String name, List<String> calls, CountDownLatch parked) {
        super(name, calls);
        this.parked = parked;
    }

    @Override
    public int doWork() {
        calls.add(Thread.currentThread().getName());
        // One spin, one yield, one that arms, and the last look before the park.
        if (++laps == 4) {
            parked.countDown();
        }
        return 0;
    }
}
