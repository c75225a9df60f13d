package io.melin.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.Codec;
import io.melin.app.EventId;
import io.melin.spring.boot.autoconfigure.codec.DefaultCodecs;
import io.melin.spring.boot.autoconfigure.codec.JacksonCodec;
import io.melin.spring.boot.autoconfigure.codec.MelinJacksonAutoConfiguration;
import io.melin.spring.boot.autoconfigure.diagnostics.UnusableCodecException;
import io.melin.spring.boot.autoconfigure.lifecycle.MelinLifecycleAutoConfiguration;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Which codec an application gets: the user's of the matching type, else the default one. */
class CodecChoiceTest {
    @TempDir private Path directory;
    private ApplicationContextRunner runner = new ApplicationContextRunner();

    @BeforeEach
    void configure() {
        runner =
                runner.withConfiguration(
                                AutoConfigurations.of(
                                        MelinAutoConfiguration.class,
                                        MelinJacksonAutoConfiguration.class,
                                        MelinLifecycleAutoConfiguration.class))
                        .withPropertyValues(SmallNode.properties(directory));
    }

    static final class AddCodec implements Codec<Counter.Event> {
        private static final byte[] MARK = {'#', 'a', 'd', 'd'};

        @Override
        public int version() {
            return 9;
        }

        @Override
        public int size(Counter.Event value) {
            return MARK.length + Long.BYTES;
        }

        @Override
        public void encode(Counter.Event value, ByteBuffer out) {
            out.put(MARK).putLong(((Counter.Event.Add) value).amount());
        }

        @Override
        public boolean isValid(ByteBuffer in) {
            return in.remaining() == MARK.length + Long.BYTES;
        }

        @Override
        public Counter.Event decode(ByteBuffer in, int version) {
            return new Counter.Event.Add(in.position(in.position() + MARK.length).getLong());
        }
    }

    private String journal() throws IOException {
        return Files.readString(directory.resolve("melin.journal"), StandardCharsets.ISO_8859_1);
    }

    @Configuration(proxyBeanMethods = false)
    static class ClosedByItsClass {
        @Bean
        Codec<?> codec() {
            return new AddCodec();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OpenCodec {
        @Bean
        Codec<?> codec() {
            return new JacksonCodec<>(Counter.Event.class);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoCodecs {
        @Bean
        Codec<Counter.Event> left() {
            return new AddCodec();
        }

        @Bean
        AddCodec right() {
            return new AddCodec();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class CodecOfSomethingElse {
        @Bean
        Codec<String> text() {
            return new JacksonCodec<>(String.class);
        }
    }

    @Test
    void prefersACodecBeanOfTheMatchingType() {
        runner.withUserConfiguration(
                        MelinAutoConfigurationTest.CounterConfiguration.class,
                        AddCodec.class,
                        CodecOfSomethingElse.class,
                        MelinAutoConfigurationTest.Service.class)
                .run(context -> {
                    context.getBean(MelinAutoConfigurationTest.Service.class)
                            .add(258, EventId.none());
                    assertThat(journal()).contains("#add");
                });
    }

    @Test
    void knowsACodecByItsClassWhereTheDeclarationIsOpen() {
        runner.withUserConfiguration(
                        MelinAutoConfigurationTest.CounterConfiguration.class,
                        ClosedByItsClass.class,
                        MelinAutoConfigurationTest.Service.class)
                .run(context -> {
                    context.getBean(MelinAutoConfigurationTest.Service.class)
                            .add(258, EventId.none());
                    assertThat(journal()).contains("#add");
                });
    }

    @Test
    void refusesACodecWhoseTypeIsOpen() {
        runner.withUserConfiguration(
                        MelinAutoConfigurationTest.CounterConfiguration.class, OpenCodec.class)
                .run(context ->
                        assertThat(context)
                                .getFailure()
                                .rootCause()
                                .isInstanceOf(UnusableCodecException.class)
                                .hasMessageContaining("left open"));
    }

    @Test
    void refusesTwoCodecsOfOneType() {
        runner.withUserConfiguration(
                        MelinAutoConfigurationTest.CounterConfiguration.class, TwoCodecs.class)
                .run(context ->
                        assertThat(context)
                                .getFailure()
                                .hasStackTraceContaining("UnusableCodecException")
                                .hasStackTraceContaining("[left, right]"));
    }

    @Test
    void needsACodecBeanWhereThereIsNoJackson() {
        runner.withUserConfiguration(MelinAutoConfigurationTest.CounterConfiguration.class)
                .withClassLoader(new FilteredClassLoader(JsonMapper.class))
                .run(context -> {
                    assertThat(context)
                            .getFailure()
                            .rootCause()
                            .isInstanceOf(UnusableCodecException.class)
                            .hasMessageContaining("Jackson 3");
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnDefaults {
        @Bean
        DefaultCodecs codecs() {
            return type ->
                    type == Counter.Event.class
                            ? new AddCodec()
                            : new JacksonCodec<>(Counter.Report.class);
        }
    }

    @Test
    void backsOffFromTheUsersDefaultCodecs() {
        runner.withUserConfiguration(
                        MelinAutoConfigurationTest.CounterConfiguration.class,
                        OwnDefaults.class,
                        MelinAutoConfigurationTest.Service.class)
                .run(context -> {
                    assertThat(context).hasSingleBean(DefaultCodecs.class);
                    context.getBean(MelinAutoConfigurationTest.Service.class)
                            .add(258, EventId.none());
                    assertThat(journal()).contains("#add");
                });
    }
}
