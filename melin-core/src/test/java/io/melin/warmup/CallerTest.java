package io.melin.warmup;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.app.MelinRefusedException;
import io.melin.app.Refusal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a {@link Caller} says has gone wrong. */
class CallerTest {

    @Test
    void tellsTheCauseWhereRefusalsCameFirst() {
        Caller caller = new Caller();
        CompletableFuture<Object> broken = new CompletableFuture<>();
        caller.call(Caller.WINDOW, () -> broken);
        caller.call(
                Caller.WINDOW,
                () ->
                        CompletableFuture.failedFuture(
                                new MelinRefusedException(Refusal.DRAINING, "stopped")));
        CompletableFuture.runAsync(
                () -> broken.completeExceptionally(new IllegalStateException("poison")),
                CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS));

        assertThatThrownBy(() -> caller.call(Caller.WINDOW, CompletableFuture::new))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("poison");
    }
}
