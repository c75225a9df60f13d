package io.melin.sample.exchange.replay;

import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Files that are not part of the project. */
public final class Samples {
    private Samples() {}

    /** The directory of {@code MELIN_LOBSTER_DIR}; without it the test is skipped, and says so. */
    public static Path lobsterOrSkip() {
        String directory = System.getenv("MELIN_LOBSTER_DIR");
        if (directory == null) {
            System.out.println(
                    "SKIPPED: the LOBSTER replay needs MELIN_LOBSTER_DIR, a directory with"
                            + " AMZN_2012-06-21_message_5.csv and _orderbook_5.csv");
        }
        Assumptions.assumeTrue(directory != null, "MELIN_LOBSTER_DIR is not set");
        return Path.of(String.valueOf(directory));
    }
}
