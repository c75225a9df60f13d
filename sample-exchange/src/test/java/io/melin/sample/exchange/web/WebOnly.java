package io.melin.sample.exchange.web;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** The web layer alone, in front of a node that has no journal. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@ComponentScan
class WebOnly {
    @Bean
    FakeNode node() {
        return new FakeNode();
    }
}
