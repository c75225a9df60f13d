package io.melin.spring.boot.autoconfigure.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.melin.gateway.AuthorizedKeys;
import io.melin.wire.Ed25519.SigningKey;
import io.melin.wire.Role;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The published tables are the metadata. To write them anew: {@code -Dmelin.docs.write=true
 * -Dtest=GatewayDocsTest}.
 */
class GatewayDocsTest {
    private static final Path PAGE = Path.of("..", "docs", "gateway.md");
    private static final Path METADATA =
            Path.of("target", "classes", "META-INF", "spring-configuration-metadata.json");
    private static final String END = "<!-- end -->\n";
    private static final String KEYS = "<!-- keys -->\n```sh\n";

    private static String table(String prefix) {
        StringBuilder table = new StringBuilder(begin(prefix));
        table.append("| property | default | meaning |\n|---|---|---|\n");
        JsonMapper.builder()
                .build()
                .readTree(METADATA.toFile())
                .get("properties")
                .valueStream()
                .filter(property -> property.get("name").asString().startsWith(prefix + "."))
                .forEach(property ->
                        table.append("| `")
                                .append(property.get("name").asString())
                                .append("` | ")
                                .append(defaultOf(property))
                                .append(" | ")
                                .append(property.get("description").asString())
                                .append(" |\n"));
        return table.append(END).toString();
    }

    private static String defaultOf(JsonNode property) {
        return property.has("defaultValue")
                ? "`" + property.get("defaultValue").asString() + "`"
                : "-";
    }

    private static String begin(String prefix) {
        return "<!-- from the metadata of " + prefix + " -->\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"melin.gateway", "melin.client"})
    void tableOfThePageIsTheMetadata(String prefix) throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(begin(prefix));
        int end = page.indexOf(END, begin) + END.length();
        assertThat(begin).isPositive().isLessThan(end);
        if (Boolean.getBoolean("melin.docs.write")) {
            Files.writeString(PAGE, page.substring(0, begin) + table(prefix) + page.substring(end));
            return;
        }

        assertThat(page.substring(begin, end)).isEqualTo(table(prefix));
    }

    /** The commands of the page make a key that signs, and the line that lets it in. */
    @Test
    void keysOfThePageBelongTogether(@TempDir Path work) throws Exception {
        assumeTrue(isOnThePath("openssl"), "SKIPPED: openssl is not installed");
        String page = Files.readString(PAGE);
        int begin = page.indexOf(KEYS) + KEYS.length();
        String commands = page.substring(begin, page.indexOf("```", begin));
        Process shell =
                new ProcessBuilder("sh", "-ec", commands)
                        .directory(work.toFile())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(shell.getInputStream().readAllBytes(), UTF_8);
        assertThat(shell.waitFor()).as(output).isZero();

        SigningKey key = SigningKey.parse(Files.readString(work.resolve("client.key")));
        AuthorizedKeys known = new AuthorizedKeys(work.resolve("authorized_keys"));
        assertThat(known.role(key.publicKey())).isEqualTo(Role.TRADER);
        assertThat(work.toFile().list()).containsOnly("client.key", "authorized_keys");
    }

    private static boolean isOnThePath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** What the page shows as a key file is one. */
    @Test
    void exampleOfAKeyFileCanBeRead(@TempDir Path work) throws Exception {
        String page = Files.readString(PAGE);
        int begin = page.indexOf("# role, public key");
        Path file =
                Files.writeString(
                        work.resolve("keys"), page.substring(begin, page.indexOf("```", begin)));

        assertThat(new AuthorizedKeys(file).generation()).isEqualTo(1);
    }
}
