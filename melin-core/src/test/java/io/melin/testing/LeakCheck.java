package io.melin.testing;

import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Watches all tests of the module, and fails their run if any buffer was lost in it. Found by JUnit
 * under META-INF/services.
 */
public final class LeakCheck implements BeforeAllCallback {
    /** What a test loses on purpose is touched with this hint. */
    public static final String PLANTED = "planted by a test";

    private static final Namespace NAMESPACE = Namespace.create(LeakCheck.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Watched.class, key -> new Watched(), Watched.class);
    }

    /** From the first test to the end of the last one. */
    private static final class Watched implements AutoCloseable {
        private final LeakWatch watch = new LeakWatch();

        @Override
        public void close() {
            List<String> leaks =
                    watch.leaks().stream().filter(leak -> !leak.contains(PLANTED)).toList();
            System.out.println("LeakCheck: leaks=" + leaks.size());
            watch.close();
            if (!leaks.isEmpty()) {
                throw new AssertionError("buffers were lost: " + leaks);
            }
        }
    }
}
