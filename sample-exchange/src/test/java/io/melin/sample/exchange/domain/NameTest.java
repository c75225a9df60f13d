package io.melin.sample.exchange.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A",
                "BTC-USD",
                "DOGE-USDT",
                "7",
                "a_b.c:D-16chars",
                "12345678",
                "ABCDEFGHIJKLMNOP"
            })
    void keepsItsText(String text) {
        Name name = Name.of(text);

        assertThat(name.toString()).isEqualTo(text);
        assertThat(Name.isValid(name.high(), name.low())).isTrue();
        assertThat(new Name(name.high(), name.low())).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ABCDEFGHIJKLMNOPQ", "A B", "A/B", "\u00c4", "A\n", "@", "A\0"})
    void refusesOtherText(String text) {
        assertThat(Name.isValid(text)).isFalse();
        assertThatThrownBy(() -> Name.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesACharacterBehindTheEnd() {
        assertThat(Name.isValid(0, 0)).isFalse();
        assertThat(Name.isValid('A', 0)).isFalse();
        assertThat(Name.isValid((long) 'A' << 56, (long) 'B' << 56)).isFalse();
        assertThat(Name.isValid((long) 'A' << 56 | 'B', 0)).isFalse();
    }
}
