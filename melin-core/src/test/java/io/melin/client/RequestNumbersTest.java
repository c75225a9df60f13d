package io.melin.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** {@link RequestNumbers}, N1 to N3. */
class RequestNumbersTest {
    private final RequestNumbers numbers = new RequestNumbers();

    /** N2. */
    @Test
    void goOnAfterTheLargerOfOwnAndServers() {
        assertThatThrownBy(numbers::reserve).isInstanceOf(IllegalStateException.class);
        numbers.sync(41);
        assertThat(numbers.reserve()).isEqualTo(42);
        numbers.submit(100);
        assertThat(numbers.take()).isEqualTo(101);

        numbers.desync();
        assertThatThrownBy(numbers::reserve).isInstanceOf(IllegalStateException.class);
        numbers.sync(7);
        assertThat(numbers.reserve()).isEqualTo(102);
        numbers.sync(500);
        assertThat(numbers.reserve()).isEqualTo(501);
    }

    /** N2. */
    @Test
    void ownNumbersBeforeTheSyncAreNotGivenAgain() {
        numbers.submit(50);
        numbers.sync(3);

        assertThat(numbers.reserve()).isEqualTo(51);
    }

    /** N3. */
    @Test
    void areFreshOnceAndOnlyIfReservedHere() {
        assertThat(numbers.submit(1).isUsed()).as("before the sync").isTrue();
        numbers.sync(10);
        assertThat(numbers.submit(5).isUsed()).as("a predecessor's").isTrue();
        assertThat(numbers.submit(12).isUsed()).as("never reserved").isTrue();
        long reserved = numbers.reserve();

        assertThat(numbers.isFresh(reserved)).isTrue();
        assertThat(numbers.submit(reserved).isUsed()).isFalse();
        assertThat(numbers.submit(reserved).isUsed()).isTrue();
        assertThat(numbers.isFresh(numbers.take())).as("sent by the loop").isFalse();
    }

    /** N3. */
    @Test
    void areNotFreshOnceTheyCannotBeRemembered() {
        numbers.sync(0);
        long early = numbers.reserve();
        for (int i = 0; i < ClientLimits.WINDOW_MAX; i++) {
            numbers.take();
        }

        assertThat(numbers.submit(early).isUsed()).isTrue();
    }

    /** N3. */
    @Test
    void areNotFreshAfterSomebodyElseUsedThem() {
        numbers.sync(0);
        long early = numbers.reserve();
        numbers.desync();
        numbers.sync(20);

        assertThat(numbers.submit(early).isUsed()).isTrue();
    }

    /** N1. */
    @Test
    void noNumberIsGivenTwice() throws InterruptedException {
        numbers.sync(0);
        Set<Long> given = ConcurrentHashMap.newKeySet();
        Thread[] threads = new Thread[4];
        for (int i = 0; i < threads.length; i++) {
            boolean reserves = i % 2 == 0;
            threads[i] =
                    new Thread(() -> {
                        for (int n = 0; n < 10_000; n++) {
                            given.add(reserves ? numbers.reserve() : numbers.take());
                        }
                    });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(given).hasSize(40_000);
    }
}
