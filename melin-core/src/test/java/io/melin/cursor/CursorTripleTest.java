package io.melin.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CursorTripleTest {

    @Test
    void readsWhatWasPublishedLast() {
        CursorTriple triple = new CursorTriple(1, 2, 3);
        long[] words = new long[3];

        triple.acquire(words);
        assertThat(words).containsExactly(1, 2, 3);
        triple.publish(4, -5, 6);
        triple.acquire(words);
        assertThat(words).containsExactly(4, -5, 6);
    }

    @Test
    void neverMixesTwoPublications() throws InterruptedException {
        CursorTriple triple = new CursorTriple(0, 0, 0);
        int last = 2_000_000;
        Thread writer =
                new Thread(() -> {
                    for (long i = 1; i <= last; i++) {
                        triple.publish(i, 2 * i, 3 * i);
                    }
                });
        writer.start();

        long[] words = new long[3];
        long before = 0;
        long distinct = 0;
        while (words[0] < last) {
            triple.acquire(words);
            assertThat(words[1] == 2 * words[0] && words[2] == 3 * words[0])
                    .as("%d, %d, %d", words[0], words[1], words[2])
                    .isTrue();
            assertThat(words[0] >= before).isTrue();
            distinct += words[0] > before ? 1 : 0;
            before = words[0];
        }

        writer.join();
        assertThat(distinct).isPositive();
    }
}
