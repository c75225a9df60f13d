package io.melin.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DiskTokenTest {
    private final DiskToken token = new DiskToken();

    @Test
    void failsWhoeverDoesNotHoldItD1() {
        assertThatThrownBy(token::assertHeld)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("holder=null");

        token.acquire();
        assertThatCode(token::assertHeld).doesNotThrowAnyException();
        assertThat(token.isHeldByCaller()).isTrue();

        onAnotherThread(() -> {
            assertThat(token.isHeldByCaller()).isFalse();
            assertThat(token.tryAcquire()).isFalse();
            assertThatThrownBy(token::assertHeld).isInstanceOf(AssertionError.class);
            assertThatThrownBy(token::release).isInstanceOf(AssertionError.class);
            assertThatThrownBy(token::acquire).isInstanceOf(AssertionError.class);
        });
        assertThatCode(token::assertHeld).doesNotThrowAnyException();
    }

    @Test
    void isNotReentrant() {
        token.acquire();

        assertThat(token.tryAcquire()).isFalse();
        assertThatThrownBy(token::acquire).isInstanceOf(AssertionError.class);
    }

    @Test
    void movesToTheNextOneAfterRelease() {
        token.acquire();
        token.release();

        assertThatThrownBy(token::assertHeld).isInstanceOf(AssertionError.class);
        onAnotherThread(() -> {
            assertThat(token.tryAcquire()).isTrue();
            token.assertHeld();
            token.release();
        });
        assertThat(token.tryAcquire()).isTrue();
    }

    /** Two threads count in a plain field, each while it holds the token: no step gets lost. */
    @Test
    void publishesPlainWritesToTheNextHolderD2() throws Exception {
        Counter counter = new Counter();
        Thread other = new Thread(() -> counter.addWhileHolding(token, 100_000));

        other.start();
        counter.addWhileHolding(token, 100_000);
        other.join();

        token.acquire();
        assertThat(counter.value).isEqualTo(200_000);
    }

    private static void onAnotherThread(Runnable body) {
        CompletableFuture.runAsync(body, task -> new Thread(task).start()).join();
    }

    private static final class Counter {
        private long value;

        void addWhileHolding(DiskToken token, int count) {
            for (int i = 0; i < count; ) {
                if (token.tryAcquire()) {
                    for (int burst = 0; burst < 100; burst++, i++) {
                        value++;
                    }
                    token.release();
                } else {
                    Thread.yield();
                }
            }
        }
    }
}
