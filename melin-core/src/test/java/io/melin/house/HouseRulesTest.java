package io.melin.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.house.SourceRules.Invariant;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The budgets of the house over the sources of all modules.
 *
 * <p>What breaks a rule today is in {@code house-rules-exceptions.txt}, with its value: a listed one
 * that grows, shrinks or goes away fails too, so that the list can only become shorter.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES) // parses every source there is
class HouseRulesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Set<String> NOT_OURS =
            Set.of(".git", "target", "data", ".idea", ".flattened-pom.xml", ".cifuzz-corpus");
    private static final Pattern OF_A_MODULE = Pattern.compile("^[^/]+/src/(main|test)/java/");
    private static final Pattern HOST = Pattern.compile("https?://([^/\\s\"'<>`)]+)");
    private static final Pattern KNOWN_HOST =
            Pattern.compile(
                    "(www\\.apache\\.org|maven\\.apache\\.org|www\\.w3\\.org|localhost|127\\.0\\.0\\.1"
                            + "|\\[::1]|[\\w.-]*\\.?example(\\.\\w+)?|[$%{].*)(:.*)?");
    private static final Pattern MACHINE_PATH =
            Pattern.compile(
                    "(?<![\\w.$~}/-])/(home|root|work|Users|mnt|opt|tmp|usr/lib/jvm)/|\\b[A-Z]:\\\\");

    @Test
    void whatBreaksARuleIsListedAndNothingElseIs() throws IOException {
        List<String> listed =
                resource("/house-rules-exceptions.txt")
                        .lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .toList();

        assertThat(broken())
                .as("a rule is broken; or an exception is listed that is not needed as it stands")
                .containsExactlyInAnyOrderElementsOf(listed);
        assertThat(listed).isSorted();
    }

    @Test
    void eachRuleSeesWhatItForbids() throws IOException {
        String text = resource("/house-rules-broken.txt");

        List<String> rules =
                SourceRules.check(JavaSource.parse("Broken.java", text)).broken().stream()
                        .map(line -> line.replaceFirst(" .*", ""))
                        .toList();

        assertThat(rules)
                .containsExactlyInAnyOrder(
                        "columns",
                        "constructor-parameters",
                        "fields",
                        "file-lines",
                        "method-lines",
                        "name",
                        "name",
                        "nesting",
                        "record-components",
                        "unfinished");
    }

    @Test
    void textFilesNameNoPathOfAMachineAndNoHostButAFew() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files("")) {
            String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            boolean isText = text.indexOf('\0') < 0;
            Stream.concat(
                            HOST.matcher(text)
                                    .results()
                                    .filter(host -> !KNOWN_HOST.matcher(host.group(1)).matches()),
                            MACHINE_PATH.matcher(text).results())
                    .filter(match -> isText)
                    .forEach(match -> found.add(name(file) + ": " + match.group()));
        }
        assertThat(found).isEmpty();
    }

    private static List<String> broken() throws IOException {
        List<String> broken = new ArrayList<>();
        List<Set<String>> tests = new ArrayList<>();
        Map<Invariant, String> invariants = new LinkedHashMap<>();
        for (Path file : files(".java")) {
            String name = name(file);
            if (!OF_A_MODULE.matcher(name).find()) {
                continue;
            }
            String text = Files.readString(file);
            if (name.contains("/src/test/")) {
                tests.add(Invariant.words(text));
                continue;
            }
            SourceRules rules = SourceRules.check(JavaSource.parse(name, text));
            broken.addAll(rules.broken());
            rules.invariants().forEach(invariant -> invariants.put(invariant, name));
            Path info = file.resolveSibling("package-info.java");
            if (!Files.exists(info) || !Files.readString(info).contains("@NullMarked")) {
                broken.add("package-info " + name(info));
            }
        }
        invariants.forEach((invariant, name) -> {
            if (tests.stream().noneMatch(invariant::isCitedIn)) {
                broken.add("uncited " + name + " " + invariant.type() + " " + invariant.number());
            }
        });
        return broken.stream().distinct().toList();
    }

    /** All files of the repository that are ours and end like this. */
    private static List<Path> files(String ending) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(
                ROOT,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes of) {
                        return isIgnored(path)
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path path, BasicFileAttributes of) {
                        if (path.toString().endsWith(ending) && !isIgnored(path)) {
                            files.add(path);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        assertThat(files).as("run it in a module's directory").hasSizeGreaterThan(50);
        return files;
    }

    private static boolean isIgnored(Path path) {
        return NOT_OURS.contains(path.getFileName().toString());
    }

    private static String name(Path file) {
        return ROOT.relativize(file).toString().replace('\\', '/');
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = HouseRulesTest.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
