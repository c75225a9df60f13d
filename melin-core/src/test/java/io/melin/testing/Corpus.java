package io.melin.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The inputs that fuzzing found interesting, replayed without a fuzzer; docs/fuzzing.md says how they
 * come about.
 *
 * @param fuzz the class under src/fuzz/java whose methods are the targets
 * @param targets by the name of the method: whether it accepts the bytes; fails if they break it
 */
public record Corpus(String fuzz, Map<String, Predicate<byte[]>> targets) {
    private static final Pattern TARGET = Pattern.compile("void (\\w+)\\(byte\\[] ");
    private static final int MUTATIONS = 1_000;

    /** Each target with each of its inputs. */
    public Stream<DynamicTest> replay() {
        return new TreeMap<>(targets)
                .entrySet().stream()
                        .map(target ->
                                DynamicTest.dynamicTest(
                                        target.getKey(),
                                        () -> replay(target.getKey(), target.getValue())));
    }

    private void replay(String name, Predicate<byte[]> target) throws IOException {
        int accepted = 0;
        List<byte[]> inputs = inputs(name);
        for (byte[] input : inputs) {
            accepted += target.test(input) ? 1 : 0;
        }
        assertThat(accepted)
                .as("some inputs of %s are accepted, and some are not", name)
                .isBetween(1, inputs.size() - 1);
    }

    /** Each target with inputs that were changed at random. */
    public void mutate(Random random, String repro) throws IOException {
        for (Map.Entry<String, Predicate<byte[]>> target : new TreeMap<>(targets).entrySet()) {
            List<byte[]> inputs = inputs(target.getKey());
            for (int i = 0; i < MUTATIONS; i++) {
                byte[] input = mutated(random, inputs);
                assertThatCode(() -> target.getValue().test(input))
                        .as("%s: %s", repro, target.getKey())
                        .doesNotThrowAnyException();
            }
        }
    }

    /** The targets that the fuzzer knows, those with inputs, and ours are the same. */
    public void checkComplete() throws IOException {
        Path source = Path.of("src/fuzz/java", fuzz.replace('.', '/') + ".java");
        Set<String> fuzzed = new TreeSet<>();
        TARGET.matcher(Files.readString(source))
                .results()
                .forEach(method -> fuzzed.add(FormatTable.group(method, 1)));
        Set<String> withInputs = new TreeSet<>();
        try (Stream<Path> directories = Files.list(directory())) {
            directories.forEach(directory ->
                    withInputs.add(Objects.requireNonNull(directory.getFileName()).toString()));
        }

        assertThat(fuzzed).isEqualTo(new TreeSet<>(targets.keySet())).isEqualTo(withInputs);
    }

    private List<byte[]> inputs(String target) throws IOException {
        List<byte[]> inputs = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory().resolve(target))) {
            for (Path file : files.sorted().toList()) {
                inputs.add(Files.readAllBytes(file));
            }
        }
        return inputs;
    }

    private Path directory() {
        return Path.of("src/test/resources", fuzz.replace('.', '/') + "Inputs");
    }

    private static byte[] mutated(Random random, List<byte[]> inputs) {
        byte[] bytes = inputs.get(random.nextInt(inputs.size())).clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            if (bytes.length == 0) {
                return new byte[] {(byte) random.nextInt()};
            }
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                case 3 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(8));
                default -> bytes = spliced(bytes, at, inputs.get(random.nextInt(inputs.size())));
            }
        }
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int at, byte[] other) {
        int from = Math.min(at, other.length);
        byte[] spliced = Arrays.copyOf(bytes, at + other.length - from);
        System.arraycopy(other, from, spliced, at, other.length - from);
        return spliced;
    }
}
