package io.melin.sample.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/** What operators and their scripts rely on when they give no argument. */
class DefaultsTest {

    @Test
    void listensOnLoopbackOnlyAndSaysWhoMayComeToTheGateway() throws Exception {
        PropertySource<?> defaults =
                new YamlPropertySourceLoader()
                        .load("defaults", new ClassPathResource("application.yml"))
                        .get(0);

        assertThat(text(defaults, "server.address")).isEqualTo("127.0.0.1");
        assertThat(text(defaults, "server.port")).isEqualTo("8080");
        assertThat(text(defaults, "melin.gateway.address")).isEqualTo("127.0.0.1");
        assertThat(text(defaults, "melin.gateway.port")).isEqualTo("7300");
        assertThat(text(defaults, "melin.gateway.authentication")).isEqualTo("off");
        assertThat(text(defaults, "melin.journal.directory")).isEqualTo("./data");
        assertThat(text(defaults, "melin.durability.policy")).isEqualTo("disk");
    }

    private static String text(PropertySource<?> source, String name) {
        return Objects.requireNonNull(source.getProperty(name), name).toString();
    }
}
