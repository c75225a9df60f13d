package io.melin.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the tests: each planted bug is found by its suite, which finds nothing without it. */
@ExtendWith(QuietNodes.class)
@Timeout(300)
class PlantedBugsTest {
    private static final Path PAGE = Path.of("..", "docs", "planted-bugs.md");

    @ParameterizedTest
    @EnumSource
    void isFound(PlantedBug bug) {
        for (long seed = 1; seed <= bug.seeds(); seed++) {
            try {
                bug.suite().run(seed, bug.machine());
            } catch (Throwable found) {
                System.out.println(
                        "PlantedBugsTest: " + bug + ", found by seed " + seed + ": " + said(found));
                return;
            }
        }
        throw new AssertionError(bug + " was not found by " + bug.seeds() + " seeds");
    }

    private static String said(Throwable found) {
        String message = String.valueOf(found.getMessage()).strip().replaceAll("\\s+", " ");
        return found.getClass().getSimpleName()
                + ": "
                + message.substring(0, Math.min(message.length(), 120));
    }

    /** The same seeds pass where nothing is planted. */
    @ParameterizedTest
    @EnumSource
    void findsNothingWhereNothingIsPlanted(PlantedSuite suite) throws Exception {
        int seeds =
                Arrays.stream(PlantedBug.values())
                        .filter(bug -> bug.suite() == suite)
                        .mapToInt(PlantedBug::seeds)
                        .max()
                        .orElseThrow();
        for (long seed = 1; seed <= seeds; seed++) {
            suite.run(seed, Machine.SOUND);
        }
    }

    @Test
    void areAllOnThePage() throws IOException {
        assertThat(Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("| `")))
                .containsExactlyElementsOf(
                        Arrays.stream(PlantedBug.values()).map(PlantedBug::row).toList());
    }
}
