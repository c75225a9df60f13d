package io.melin.sample.exchange;

import io.melin.app.Codec;
import io.melin.sample.exchange.engine.ExchangeApplication;
import io.melin.sample.exchange.wire.ExchangeEvent;
import io.melin.sample.exchange.wire.ExchangeEventCodec;
import io.melin.sample.exchange.wire.ExchangeReport;
import io.melin.sample.exchange.wire.ExchangeReportCodec;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The application, which is the switch that turns Melin on, and its codecs. */
@Configuration(proxyBeanMethods = false)
class ExchangeConfiguration {

    @Bean
    ExchangeApplication exchangeApplication() {
        return new ExchangeApplication();
    }

    @Bean
    Codec<ExchangeEvent> exchangeEventCodec() {
        return new ExchangeEventCodec();
    }

    @Bean
    Codec<ExchangeReport> exchangeReportCodec() {
        return new ExchangeReportCodec();
    }
}
