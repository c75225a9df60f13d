package io.melin.journaled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.event.EventHeader;
import io.melin.event.EventKind;
import io.melin.event.IdScheme;
import io.melin.journal.Skip;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SkipsTest {
    private final EventHeader header =
            new EventHeader().id(IdScheme.NONE, 0, 0).event(EventKind.APP, 7, 1_000);
    private final ByteBuffer payload = ByteBuffer.wrap(new byte[] {1, 2, 3});
    private final Skip skip = Skip.of(header, payload);

    /** P1 of {@link Skips}. */
    @Test
    void passesOverTheVeryEntryThatWasNamedAndNoOther() {
        Skips skips = new Skips(skip);
        skips.begin();
        assertThat(skips.isPassed(header, payload)).isTrue();
        assertThat(payload.remaining()).isEqualTo(3);
        assertThatThrownBy(() -> skips.isPassed(header, ByteBuffer.wrap(new byte[] {1, 2, 4})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another entry");
        header.event(EventKind.APP, 8, 1_000);
        assertThat(skips.isPassed(header, payload)).isFalse();
    }

    /** P2 of {@link Skips}. */
    @Test
    void countsWhatItFoundAheadOnlyOnceTheReplayMetIt() {
        Skips skips = new Skips(null);
        assertThat(skips.add(skip)).isTrue();
        assertThat(skips.add(skip)).as("it would not help").isFalse();
        skips.begin();
        assertThat(skips.isPassed(header, payload)).isTrue();
        assertThatThrownBy(skips::requireMet).hasMessageContaining(skip.toString());
        skips.met(skip);
        skips.requireMet();
        skips.begin();
        assertThatThrownBy(skips::requireMet).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void isReadAsItIsPrintedAndJournaled() {
        assertThat(Skip.parse(skip.toString())).isEqualTo(skip);
        assertThat(Skip.read(skip.payload())).isEqualTo(skip);
        assertThat(skip.toString()).matches("7:[0-9a-f]{64}");
        for (String text : new String[] {"", "7", ":", "7:", "7:00", "x:" + skip, "0" + ":00"}) {
            assertThatThrownBy(() -> Skip.parse(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("64 hexadecimal digits");
        }
    }
}
