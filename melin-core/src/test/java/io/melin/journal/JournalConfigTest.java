package io.melin.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class JournalConfigTest {
    private final JournalConfig config = JournalConfig.of(Path.of("data"), 1, 1);

    @Test
    void hasTheDocumentedDefaults() {
        assertThat(config)
                .isEqualTo(
                        new JournalConfig(
                                Path.of("data"),
                                "melin.journal",
                                new JournalConfig.Segments(
                                        256L << 20, 64L << 20, -1, Retention.KEEP_ALL),
                                4 << 20,
                                64L << 20,
                                64 << 10,
                                new Versions(1, 1, 1, 1),
                                null));
    }

    @Test
    void keepsTwiceFreeOfWhatMayBeOnItsWay() {
        assertThat(config.freeBytesMin()).isEqualTo(136L << 20);
        assertThat(config.withPrezeroedBytes(1 << 20).freeBytesMin()).isEqualTo(10L << 20);
        assertThat(config.withPrezeroedBytes(1L << 31).freeBytesMin())
                .as("one segment of it, and a hand-off")
                .isEqualTo(520L << 20);
        assertThat(config.withPrezeroedBytes(1L << 31).withSegmentBytes(0).freeBytesMin())
                .isEqualTo((2L << 31) + (8L << 20));
        assertThat(config.withFreeBytesMin(0).freeBytesMin()).isZero();
        assertThat(config.withFreeBytesMin(68L << 20).freeBytesMin()).isEqualTo(68L << 20);
        isRefused(() -> config.withFreeBytesMin(1), "freeBytesMin=1, minimum=71303168");
        isRefused(() -> config.withFreeBytesMin(-2), "freeBytesMin=-2");
    }

    @Test
    void knowsWhereASegmentEndsAtTheLatest() {
        assertThat(config.segmentEndMax()).isEqualTo((256L + 4L) << 20);
        assertThat(config.withSegmentBytes(0).segmentEndMax()).isEqualTo(Long.MAX_VALUE);
        assertThat(config.segmentEndMax(20_001)).isEqualTo((4L << 20) + 20_480);
    }

    @Test
    void growsTheFrameBufferWithThePayload() {
        JournalConfig large = config.withPayloadBytesMax(16 << 20);

        assertThat(large.frameBufferBytes()).isEqualTo(64 << 20);
        assertThat(large.unsyncedBytesMax()).isEqualTo(64L << 20);
        assertThat(config.withPayloadBytesMax(1_000).frameBufferBytes()).isEqualTo(4 << 20);
    }

    @Test
    void refusesWhatCannotWorkAndNamesIt() {
        isRefused(() -> config.withPrezeroedBytes(0), "prezeroedBytes=0");
        isRefused(() -> config.withPrezeroedBytes(5_000), "prezeroedBytes=5000");
        isRefused(() -> config.withSegmentBytes(-1), "segmentBytes=-1");
        isRefused(() -> config.withSegmentBytes(20_479), "segmentBytes=20479");
        isRefused(() -> config.withPayloadBytesMax(0), "payloadBytesMax=0");
        isRefused(() -> config.withPayloadBytesMax((16 << 20) + 1), "payloadBytesMax=16777217");
        isRefused(() -> config.withFrameBufferBytes(100_000, 1 << 20), "frameBufferBytes=100000");
        isRefused(() -> config.withFrameBufferBytes(64 << 10, 1 << 20), "frameBufferBytes=65536");
        isRefused(() -> config.withFrameBufferBytes(1 << 20, 1 << 19), "unsyncedBytesMax=524288");
        isRefused(() -> JournalConfig.of(Path.of("data"), -1, 1), "codecVersion=-1");
        isRefused(() -> JournalConfig.of(Path.of("data"), 1, 65_536), "applicationVersion=65536");
        for (String name : new String[] {"", ".", "..", "a/b", "/", "a b", ".hidden"}) {
            isRefused(
                    () ->
                            new JournalConfig(
                                    Path.of("d"),
                                    name,
                                    JournalConfig.Segments.DEFAULT,
                                    1 << 20,
                                    1 << 20,
                                    1,
                                    Versions.of(1, 1),
                                    null),
                    "name=" + name);
        }
    }

    private static void isRefused(Runnable body, String words) {
        assertThatThrownBy(body::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }
}
