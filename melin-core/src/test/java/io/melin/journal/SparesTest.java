package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.storage.StorageFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SparesTest {
    private static final int WANTED = 3;
    private static final int TAKEN = 2_000;

    private final Spares spares = new Spares();

    @Test
    void wantsNoMoreThanAreMissing() throws IOException {
        assertThat(spares.isWanted()).isFalse();
        assertThat(spares.take()).isNull();
        assertThat(spares.want(2, 100)).isTrue();
        assertThat(spares.want(1, 200)).as("fewer than before").isFalse();
        assertThat(spares.bytes()).isEqualTo(100);
        make(new MemoryStorage().create("file"));
        assertThat(spares.ready()).isEqualTo(1);
        assertThat(spares.want(2, 300)).as("one is under way").isFalse();
        assertThat(spares.isWanted()).isTrue();
        make(new MemoryStorage().create("file"));
        assertThat(spares.isWanted()).isFalse();

        assertThat(spares.take()).extracting(StagedSegment::name).isEqualTo("1");
        assertThat(spares.isWanted()).as("it is for the taker to say").isFalse();
        assertThat(spares.want(2, 300)).isTrue();
        assertThat(spares.bytes()).isEqualTo(300);
        assertThat(spares.number()).isEqualTo(3);
    }

    /** P1, P2, whoever is the faster. */
    @Test
    void givesEachOutOnceAndNeverHasMoreThanWereWanted() throws Exception {
        StorageFile file = new MemoryStorage().create("file");
        AtomicBoolean isOver = new AtomicBoolean();
        CompletableFuture<?> maker =
                CompletableFuture.runAsync(() -> {
                    while (!isOver.get()) {
                        if (spares.isWanted()) {
                            make(file);
                        } else {
                            Thread.yield();
                        }
                    }
                });
        CompletableFuture<Integer> most =
                CompletableFuture.supplyAsync(() -> {
                    int highest = 0;
                    while (!isOver.get()) {
                        int ready = spares.ready();
                        assertThat(ready).isNotNegative();
                        highest = Math.max(highest, ready);
                    }
                    return highest;
                });
        List<String> taken = new ArrayList<>();
        while (taken.size() < TAKEN) {
            spares.want(WANTED, 100);
            StagedSegment next = spares.take();
            if (next != null) {
                taken.add(next.name());
            } else {
                Thread.yield();
            }
        }
        isOver.set(true);
        maker.join();
        assertThat(most.join()).isLessThanOrEqualTo(WANTED);
        for (int i = 0; i < TAKEN; i++) {
            assertThat(taken.get(i)).isEqualTo(Integer.toString(i + 1));
        }
    }

    private void make(StorageFile file) {
        spares.add(new StagedSegment(Long.toString(spares.number()), file, 100));
    }
}
