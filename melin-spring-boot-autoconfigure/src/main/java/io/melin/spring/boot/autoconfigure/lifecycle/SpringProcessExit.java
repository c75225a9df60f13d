package io.melin.spring.boot.autoconfigure.lifecycle;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;

/** The end of a real process. */
final class SpringProcessExit implements ProcessExit {
    private final ApplicationContext context;

    SpringProcessExit(ApplicationContext context) {
        this.context = context;
    }

    @Override
    public void exit(int code) {
        System.exit(SpringApplication.exit(context, () -> code));
    }

    @Override
    public void halt(int code) {
        Runtime.getRuntime().halt(code);
    }
}
