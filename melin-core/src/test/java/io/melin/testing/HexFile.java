package io.melin.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;

/** Golden bytes: a {@code .hex} resource in the package of a test. */
public final class HexFile {
    private HexFile() {}

    public static String text(Class<?> test, String name) {
        try (InputStream in =
                Objects.requireNonNull(test.getResourceAsStream(name + ".hex"), name)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] bytes(Class<?> test, String name) {
        return HexFormat.of().parseHex(text(test, name).replaceAll("\\s", ""));
    }
}
