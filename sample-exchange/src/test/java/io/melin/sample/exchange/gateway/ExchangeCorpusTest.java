package io.melin.sample.exchange.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.melin.sample.exchange.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every decoder of the exchange with what the fuzzer once found interesting, see docs/fuzzing.md. */
class ExchangeCorpusTest {
    private static final Path INPUTS =
            Path.of("src/test/resources/io/melin/sample/exchange/gateway/ExchangeFuzzInputs");
    private static final Path FUZZ =
            Path.of("src/fuzz/java/io/melin/sample/exchange/gateway/ExchangeFuzz.java");
    private static final Pattern TARGET = Pattern.compile("void (\\w+)\\(byte\\[] ");
    private static final Map<String, Predicate<byte[]>> TARGETS =
            new TreeMap<>(ExchangeTargets.ALL);
    private static final int MUTATIONS = 1_000;

    @Test
    void givesAVerdictOrTheSameBytesForEachInput() throws IOException {
        for (String target : TARGETS.keySet()) {
            int accepted = 0;
            List<byte[]> inputs = inputs(target);
            for (byte[] input : inputs) {
                accepted += isAccepted(target, input) ? 1 : 0;
            }
            assertThat(accepted)
                    .as("some inputs of %s are accepted, and some are not", target)
                    .isBetween(1, inputs.size() - 1);
        }
    }

    @Test
    void givesAVerdictOrTheSameBytesForInputsChangedAtRandom() throws IOException {
        for (String target : TARGETS.keySet()) {
            List<byte[]> inputs = inputs(target);
            for (long seed : Seeds.of("ExchangeCorpusTest", 3)) {
                SplittableRandom random = Seeds.random(seed);
                for (int i = 0; i < MUTATIONS; i++) {
                    byte[] input = mutated(random, inputs.get(random.nextInt(inputs.size())));
                    assertThatCode(() -> isAccepted(target, input))
                            .as("seed=%d, target=%s", seed, target)
                            .doesNotThrowAnyException();
                }
            }
        }
    }

    @Test
    void hasInputsForEachTargetOfTheFuzzer() throws IOException {
        Set<String> fuzzed = new TreeSet<>();
        TARGET.matcher(Files.readString(FUZZ))
                .results()
                .forEach(method -> fuzzed.add(Objects.requireNonNull(method.group(1))));
        Set<String> withInputs = new TreeSet<>();
        try (Stream<Path> directories = Files.list(INPUTS)) {
            directories.forEach(directory ->
                    withInputs.add(Objects.requireNonNull(directory.getFileName()).toString()));
        }

        assertThat(fuzzed).isEqualTo(TARGETS.keySet()).isEqualTo(withInputs);
    }

    private static boolean isAccepted(String target, byte[] input) {
        return Objects.requireNonNull(TARGETS.get(target)).test(input);
    }

    private static List<byte[]> inputs(String target) throws IOException {
        List<byte[]> inputs = new ArrayList<>();
        try (Stream<Path> files = Files.list(INPUTS.resolve(target))) {
            for (Path file : files.sorted().toList()) {
                inputs.add(Files.readAllBytes(file));
            }
        }
        return inputs;
    }

    private static byte[] mutated(SplittableRandom random, byte[] input) {
        byte[] bytes = input.clone();
        for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                default -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(8));
            }
        }
        return bytes;
    }
}
