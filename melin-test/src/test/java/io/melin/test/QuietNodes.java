package io.melin.test;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Keeps a thousand failures on purpose out of the log. */
final class QuietNodes implements BeforeAllCallback, AfterAllCallback {
    /** A logger without a strong reference forgets its level. */
    private static final Logger LOG = Logger.getLogger("io.melin");

    @Override
    public void beforeAll(ExtensionContext context) {
        LOG.setLevel(Level.OFF);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        LOG.setLevel(null);
    }
}
