package io.melin.bench.boot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A web application with an actuator and nothing to do. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class BareService {

    @RestController
    static final class Api {
        @GetMapping("/total")
        long total() {
            return 0;
        }
    }

    public static void main(String[] arguments) {
        SpringApplication.run(BareService.class, arguments);
    }
}
