package io.melin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the README shows is what the repository holds. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..");

    @Test
    void showsTheCounterThatIsBuilt() throws IOException {
        String counter =
                Files.readString(
                        ROOT.resolve("examples/counter/src/main/java/counter/CounterService.java"));

        assertThat(Files.readString(ROOT.resolve("README.md")))
                .contains("```java\n" + counter + "```");
        assertThat(counter.lines().filter(line -> !line.isBlank()).count())
                .as("lines of a complete service")
                .isLessThanOrEqualTo(50);
    }

    @Test
    void linksToFilesThatExist() throws IOException {
        for (Path page : new Path[] {Path.of("README.md"), Path.of("docs/ARCHITECTURE.md")}) {
            Path file = ROOT.resolve(page);
            java.util.regex.Matcher link =
                    java.util.regex.Pattern.compile("]\\((?!http)([^)#]+)\\)")
                            .matcher(Files.readString(file));
            int links = 0;
            while (link.find()) {
                assertThat(file.resolveSibling(link.group(1))).exists();
                links++;
            }
            assertThat(links).isPositive();
        }
    }
}
