package io.melin.bench.boot;

import io.melin.app.Application;
import io.melin.app.Codec;
import io.melin.bench.counter.Counter;
import io.melin.bench.counter.Number;
import io.melin.bench.counter.NumberCodec;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** A node with the counter of the nodes without Spring, whose codec costs next to nothing. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class MeteredService {

    @Bean
    Application<Number, Number> counter() {
        return new Counter();
    }

    @Bean
    Codec<Number> numbers() {
        return new NumberCodec();
    }

    public static void main(String[] arguments) {
        SpringApplication.run(MeteredService.class, arguments);
    }
}
