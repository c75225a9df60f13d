package io.melin.spring.boot.autoconfigure.codec;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ResourceLoader;
import tools.jackson.databind.json.JsonMapper;

/** Offers JSON for event and report types that have no codec bean, when Jackson is present. */
@AutoConfiguration
@ConditionalOnClass(JsonMapper.class)
public final class MelinJacksonAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    DefaultCodecs melinDefaultCodecs(ResourceLoader resources) {
        ClassLoader loader = resources.getClassLoader();
        return type -> new JacksonCodec<>(type, 1, loader);
    }
}
