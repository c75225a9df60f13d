package io.melin.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CursorTest {

    @Test
    void startsWhereItIsToldAndMovesForward() {
        Cursor cursor = new Cursor(7);
        assertThat(cursor.acquire()).isEqualTo(7);
        assertThat(cursor.plain()).isEqualTo(7);

        cursor.publish(7);
        cursor.publish(9);

        assertThat(cursor.acquire()).isEqualTo(9);
        assertThat(cursor.plain()).isEqualTo(9);
    }

    @Test
    void refusesToMoveBack() {
        Cursor cursor = new Cursor(7);

        assertThatThrownBy(() -> cursor.publish(6))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("last=7, position=6");
    }

    /** Plain cells written before a position are seen by whoever acquires the position. */
    @Test
    void publishesWhatWasWrittenBefore() throws Exception {
        int count = 300_000;
        long[] cells = new long[count + 1];
        Cursor cursor = new Cursor(0);
        Thread writer =
                new Thread(() -> {
                    for (int i = 1; i <= count; i++) {
                        cells[i] = -i;
                        cursor.publish(i);
                    }
                });
        writer.start();

        long seen = 0;
        long laggards = 0;
        while (seen < count) {
            long position = cursor.acquire();
            assertThat(position).isGreaterThanOrEqualTo(seen);
            for (long i = seen + 1; i <= position; i++) {
                laggards += cells[(int) i] == -i ? 0 : 1;
            }
            if (position == seen) {
                Thread.yield();
            }
            seen = position;
        }
        writer.join();

        assertThat(laggards).isZero();
    }
}
