package io.melin.wire;

import static io.melin.testing.FormatTable.group;
import static org.assertj.core.api.Assertions.assertThat;

import io.melin.testing.FormatTable;
import io.melin.testing.FormatTable.Row;
import io.melin.testing.HexFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page of the protocol against the Javadoc, the constants and the codecs. */
class WireTablesTest {
    private static final String PACKAGE = "io.melin.wire.";
    private static final Path PAGE = Path.of("../docs/protocol.md");
    private static final Path SOURCES = Path.of("src/main/java/io/melin/wire");

    private static Stream<String> formats() {
        return Stream.concat(frames(), Stream.of("Transcript"));
    }

    private static Stream<String> frames() {
        return Stream.of(
                "RequestFrame",
                "ResponseFrame",
                "ChallengeFrame",
                "ChallengeResponseFrame",
                "ReadyFrame",
                "IdentifyFrame",
                "EndFrame",
                "ErrorFrame",
                "BusyFrame");
    }

    @Test
    void noTableOfThePackageIsForgotten() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            List<String> found =
                    files.map(file -> Objects.requireNonNull(file.getFileName()).toString())
                            .map(name -> name.replace(".java", ""))
                            .filter(WireTablesTest::hasTable)
                            .toList();

            assertThat(found).containsExactlyInAnyOrderElementsOf(formats().toList());
        }
    }

    @ParameterizedTest
    @MethodSource("frames")
    void constantsAreThoseOfTheJavadoc(String type) throws Exception {
        int next = 0;
        for (Row row : FormatTable.ofJavadoc(PACKAGE + type)) {
            int offset = Integer.parseInt(row.offset());
            assertThat(offset).as(row.field()).isEqualTo(next);
            assertThat(constant(type, row.constant())).as(row.field()).isEqualTo(offset);
            next = row.size().equals("n") ? -1 : offset + Integer.parseInt(row.size());
        }

        OptionalInt end = FormatTable.endOfJavadoc(PACKAGE + type);
        assertThat(end.isPresent()).isEqualTo(next > 0);
        if (end.isPresent()) {
            assertThat(end.getAsInt()).isEqualTo(next).isEqualTo(constant(type, "END"));
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void thePageSaysWhatTheJavadocSays(String type) throws IOException {
        assertThat(FormatTable.ofPage(PAGE, type))
                .isEqualTo(FormatTable.ofJavadoc(PACKAGE + type))
                .isNotEmpty();
    }

    @Test
    void theTranscriptIsLaidOutAsItsTableSays() throws IOException {
        byte[] nonce = filled(Transcript.NONCE_BYTES, 0x11);
        byte[] clientNonce = filled(Transcript.NONCE_BYTES, 0x22);
        byte[] publicKey = filled(Ed25519.KEY_BYTES, 0x33);
        byte[] transcript =
                Transcript.of(
                        new ChallengeFrame(nonce, 0x0201, "börse"),
                        clientNonce,
                        publicKey,
                        0x07060504);
        Map<String, byte[]> fields =
                Map.of(
                        "context",
                        "melin-gateway-v1".getBytes(StandardCharsets.US_ASCII),
                        "version",
                        new byte[] {1, 2},
                        "nonce",
                        nonce,
                        "clientNonce",
                        clientNonce,
                        "publicKey",
                        publicKey,
                        "lane",
                        new byte[] {4, 5, 6, 7},
                        "serverBytes",
                        new byte[] {6},
                        "server",
                        "börse".getBytes(StandardCharsets.UTF_8));

        int next = 0;
        for (Row row : FormatTable.ofJavadoc(PACKAGE + "Transcript")) {
            byte[] field = Objects.requireNonNull(fields.get(row.field()), row.field());
            assertThat(row.offset()).isEqualTo(Integer.toString(next));
            assertThat(row.size()).isIn("n", Integer.toString(field.length));
            assertThat(Arrays.copyOfRange(transcript, next, next + field.length))
                    .as(row.field())
                    .isEqualTo(field);
            next += field.length;
        }
        assertThat(next).isEqualTo(transcript.length);
    }

    @Test
    void thePageNumbersTheTags() throws Exception {
        Map<String, Integer> found = new TreeMap<>();
        rows("Tag", "\\| 0x(..) \\| (\\w+) \\|.*")
                .forEach(row -> found.put(group(row, 2), hex(group(row, 1))));
        rows("Tag", "\\| 0x(..) - 0x(..) \\| (\\w+) \\|.*")
                .forEach(row -> {
                    found.put(group(row, 3) + "_FIRST", hex(group(row, 1)));
                    found.put(group(row, 3) + "_LAST", hex(group(row, 2)));
                });
        rows("Tag", "([A-Z]+) \\(0x(..)\\)")
                .forEach(name -> found.put(group(name, 1), hex(group(name, 2))));

        Map<String, Integer> expected = new TreeMap<>();
        for (Field field : Tag.class.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers())) {
                expected.put(field.getName(), (int) field.getByte(null));
            }
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void thePageNumbersTheCodesAndSaysWhatCarriesThem() throws IOException {
        List<String> rows =
                rows("Code", "\\| (\\d+) \\| (\\w+) \\| (\\w+) \\|.*")
                        .map(row -> group(row, 1) + " " + group(row, 2) + " " + group(row, 3))
                        .toList();

        assertThat(rows)
                .containsExactlyElementsOf(
                        Arrays.stream(Code.values())
                                .map(code -> code.number() + " " + code + " " + frame(code))
                                .toList());
    }

    @Test
    void thePageNumbersTheRoles() throws IOException {
        List<String> rows =
                rows("Role", "\\| (\\d+) \\| (\\w+) \\|.*")
                        .map(row -> group(row, 1) + " " + group(row, 2))
                        .toList();

        assertThat(rows)
                .containsExactlyElementsOf(
                        Arrays.stream(Role.values())
                                .map(role -> role.number() + " " + role)
                                .toList());
    }

    @Test
    void thePagesSessionIsWhatTheCodecsWrite() throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf("```\nserver READY");
        String block = page.substring(from + 4, page.indexOf("```", from + 4));

        ByteBuffer out = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
        new ReadyFrame(Role.UNRESTRICTED, 0, 65_536, 256, 30_000).write(out);
        RequestFrame.begin(out, 1, Tag.EVENT, 5).put(ascii("hello"));
        ResponseFrame.begin(out, Tag.REPORT, 5).put(ascii("HELLO"));
        EndFrame.write(out, 1, 7, 1_700_000_000_000_000_001L, false);

        String hex = block.replaceAll("(?m)^(server|client) .*$", "").replaceAll("\\s", "");
        assertThat(hex).isEqualTo(HexFormat.of().formatHex(out.array(), 0, out.position()));
        ByteArrayOutputStream golden = new ByteArrayOutputStream();
        for (String name : List.of("ready", "event", "report", "end")) {
            golden.write(HexFile.bytes(WireTablesTest.class, name));
        }
        assertThat(HexFormat.of().parseHex(hex)).isEqualTo(golden.toByteArray());
    }

    /** The numbers that the page's prose names. */
    @Test
    void thePageNamesTheLimitsOfTheCode() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(page).contains("`payloadMax` + " + RequestFrame.BODY_BYTES_MIN + " |");
        assertThat(page).contains("a body of less than " + RequestFrame.BODY_BYTES_MIN + " bytes");
        assertThat(ErrorFrame.TEXT_BYTES_MAX).isEqualTo(1_024);
        assertThat(page).contains("The text has at most 1,024 bytes.");
        assertThat(page)
                .contains("length of the server's name, 1 to " + Transcript.SERVER_BYTES_MAX);
        assertThat(page).contains("# The client protocol, version " + Transcript.VERSION + "\n");
    }

    private static String frame(Code code) {
        return code.isSentAsBusy() ? "BUSY" : "ERROR";
    }

    private static Stream<MatchResult> rows(String heading, String pattern) throws IOException {
        return Pattern.compile(pattern).matcher(FormatTable.section(PAGE, heading)).results();
    }

    private static boolean hasTable(String type) {
        try {
            return Files.readString(SOURCES.resolve(type + ".java"))
                    .contains("* offset size field");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static int constant(String type, String name) throws ReflectiveOperationException {
        return Class.forName(PACKAGE + type).getDeclaredField(name).getInt(null);
    }

    private static int hex(String digits) {
        return Integer.parseInt(digits, 16);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
