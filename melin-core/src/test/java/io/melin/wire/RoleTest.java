package io.melin.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoleTest {
    @Test
    void isFoundByItsByteAndNoOtherByteIsOne() {
        Set<Role> found = EnumSet.noneOf(Role.class);
        for (int number = Byte.MIN_VALUE; number <= Byte.MAX_VALUE; number++) {
            Role role = Role.of((byte) number);
            if (role != null) {
                assertThat(role.number()).isEqualTo((byte) number);
                found.add(role);
            }
        }

        assertThat(found).containsExactly(Role.values());
    }

    @Test
    void isFoundByItsWordInAKeyFile() {
        for (Role role : Role.values()) {
            String word = role.name().toLowerCase(Locale.ROOT);

            assertThat(Role.named(word)).isEqualTo(role == Role.UNRESTRICTED ? null : role);
            assertThat(Role.named(role.name())).isNull();
        }
        assertThat(Role.named("")).isNull();
        assertThat(Role.named("trader ")).isNull();
    }
}
