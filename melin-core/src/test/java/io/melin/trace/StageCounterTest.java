package io.melin.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StageCounterTest {

    @Test
    void showsWhatWasPublished() {
        StageCounter counter = new StageCounter();
        counter.add(3);
        counter.add(4);
        assertThat(counter.acquire()).isZero();

        counter.publish();
        assertThat(counter.acquire()).isEqualTo(7);

        counter.add(1);
        assertThat(counter.acquire()).isEqualTo(7);
        counter.publish();
        assertThat(counter.acquire()).isEqualTo(8);
    }

    @Test
    void neverGoesBackForAReaderBesideTheWriter() throws InterruptedException {
        StageCounter counter = new StageCounter();
        Thread stage =
                new Thread(() -> {
                    for (int batch = 0; batch < 1_000_000; batch++) {
                        counter.add(2);
                        counter.publish();
                    }
                });
        stage.start();
        long before = 0;
        while (stage.isAlive()) {
            long now = counter.acquire();
            assertThat(now >= before && now % 2 == 0).isTrue();
            before = now;
        }
        stage.join();
        assertThat(counter.acquire()).isEqualTo(2_000_000);
    }
}
