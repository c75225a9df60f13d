package io.melin.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplingTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 64, 1024})
    void picksEveryNth(int n) {
        Sampling sampling = Sampling.oneIn(n);

        List<Long> sampled = sampled(sampling, 1, 10L * n);

        assertThat(sampled).hasSize(10).allMatch(sequence -> sequence % n == 0);
        assertThat(sampled.stream().map(sampling::ordinal))
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(sampling.isOff()).isFalse();
    }

    @Test
    void picksNothingWhenOff() {
        assertThat(Sampling.OFF.isOff()).isTrue();
        assertThat(sampled(Sampling.OFF, 0, 10_000)).isEmpty();
        assertThat(Sampling.OFF.isSampled(Long.MAX_VALUE)).isFalse();
        assertThat(Sampling.OFF.next(1)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void findsTheNextSampledSequence() {
        Sampling sampling = Sampling.oneIn(8);

        for (long sequence = 1; sequence < 100; sequence++) {
            long next = sampling.next(sequence);
            assertThat(sampling.isSampled(next)).isTrue();
            assertThat(sampled(sampling, sequence, next)).containsExactly(next);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -2, -1, 0, 3, 63, 65, Integer.MAX_VALUE})
    void refusesWhatIsNoPowerOfTwo(int n) {
        assertThatThrownBy(() -> Sampling.oneIn(n))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("oneIn=" + n);
    }

    private static List<Long> sampled(Sampling sampling, long first, long last) {
        return LongStream.rangeClosed(first, last).filter(sampling::isSampled).boxed().toList();
    }
}
