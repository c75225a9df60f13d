package io.melin.sample.exchange;

import io.melin.app.Codec;
import io.melin.gateway.Protocol;
import io.melin.sample.exchange.engine.ExchangeApplication;
import io.melin.sample.exchange.gateway.ExchangeProtocol;
import io.melin.sample.exchange.wire.ExchangeEvent;
import io.melin.sample.exchange.wire.ExchangeEventCodec;
import io.melin.sample.exchange.wire.ExchangeReport;
import io.melin.sample.exchange.wire.ExchangeReportCodec;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The application, which is the switch that turns Melin on, its codecs, and its protocol. */
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

    @Bean
    Protocol exchangeProtocol() {
        return new ExchangeProtocol();
    }
}
