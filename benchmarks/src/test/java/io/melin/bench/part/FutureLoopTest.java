package io.melin.bench.part;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FutureLoopTest {

    @Test
    void anAnswerOutOfTurnEndsTheRun() {
        Iterator<CompletableFuture<Long>> answers =
                List.of(answer(7), answer(8), answer(10)).iterator();
        FutureLoop<Long> loop = new FutureLoop<>(answers::next, Long::longValue);

        assertThatThrownBy(() -> loop.run(1, new Recording(new LoadOptions())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("next=10, last=8");
    }

    @Test
    void aFailedRequestEndsTheRun() {
        FutureLoop<Long> loop =
                new FutureLoop<>(
                        () -> CompletableFuture.failedFuture(new IllegalStateException("refused")),
                        Long::longValue);

        assertThatThrownBy(() -> loop.run(4, new Recording(new LoadOptions())))
                .isInstanceOf(CompletionException.class)
                .hasRootCauseMessage("refused");
    }

    private static CompletableFuture<Long> answer(long number) {
        return CompletableFuture.completedFuture(number);
    }
}
