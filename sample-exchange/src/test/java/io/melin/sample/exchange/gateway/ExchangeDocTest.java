package io.melin.sample.exchange.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.sample.exchange.domain.OrderType;
import io.melin.sample.exchange.domain.RejectReason;
import io.melin.sample.exchange.domain.SelfTradePrevention;
import io.melin.sample.exchange.domain.Side;
import io.melin.sample.exchange.domain.TimeInForce;
import io.melin.sample.exchange.wire.EventKind;
import io.melin.sample.exchange.wire.ReportKind;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The protocol's page says what the codecs do. */
class ExchangeDocTest {
    private static final Path PAGE = Path.of("../docs/exchange-protocol.md");
    private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\| (\\d+) \\| (\\w+) \\|.*");
    private static final Pattern TAG = Pattern.compile("\\| 0x([0-9A-F]{2}) \\| (\\w+) \\|.*");

    static List<Class<?>> layouts() {
        List<Class<?>> layouts = new ArrayList<>();
        layouts.addAll(List.of(RequestLayout.class.getDeclaredClasses()));
        layouts.addAll(List.of(ResponseLayout.class.getDeclaredClasses()));
        return layouts;
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void tablesAgreeWithTheConstants(Class<?> layout) throws Exception {
        String page = Files.readString(PAGE);
        int from = page.indexOf("### " + layout.getSimpleName() + "\n");
        assertThat(from).as("a section of the page").isNotNegative();
        String section = page.substring(from, page.indexOf("\n#", from + 4));

        int next = 0;
        List<String> constants = new ArrayList<>();
        for (String line : section.split("\n")) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                String field = constant(group(row, 3));
                assertThat(Integer.parseInt(group(row, 1))).as(line).isEqualTo(next);
                assertThat(valueOf(layout, field)).as(line).isEqualTo(next);
                next += Integer.parseInt(group(row, 2));
                constants.add(field);
            }
        }
        assertThat(valueOf(layout, "END")).isEqualTo(next);
        constants.add("END");
        assertThat(constantsOf(layout)).isEqualTo(constants);
    }

    @Test
    void tagsAreThoseOfTheKinds() throws Exception {
        Map<String, Integer> tags = new LinkedHashMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = TAG.matcher(line);
            if (row.matches()) {
                tags.put(constant(group(row, 2)), Integer.parseInt(group(row, 1), 16));
            }
        }

        for (Map.Entry<String, Integer> tag : tags.entrySet()) {
            assertThat(valueOf(ExchangeTag.class, tag.getKey()))
                    .as(tag.getKey())
                    .isEqualTo(tag.getValue());
        }
        assertThat(tags.keySet())
                .containsExactlyInAnyOrderElementsOf(constantsOf(ExchangeTag.class));
        for (EventKind kind : EventKind.values()) {
            assertThat(tags).containsEntry(kind.name(), (int) kind.code());
        }
        for (ReportKind kind : ReportKind.values()) {
            assertThat(tags).containsEntry(kind.name(), (int) kind.code());
        }
    }

    @Test
    void everyReasonIsNamed() throws IOException {
        String page = Files.readString(PAGE).replace('\n', ' ');
        for (RejectReason reason : RejectReason.values()) {
            assertThat(page).contains(" " + reason.code() + " " + reason.name());
        }
    }

    /** Golden bytes: a layout never changes without a new version of the protocol. */
    @Test
    void examplesAreWhatTheCodecsWrite() throws IOException {
        StringBuilder table = new StringBuilder("| frame | bytes |\n|---|---|\n");
        examples().forEach((name, hex) -> table.append("| " + name + " | `" + hex + "` |\n"));

        assertThat(Files.readString(PAGE)).endsWith("\n" + table);
    }

    private static Map<String, String> examples() {
        Map<String, String> examples = new LinkedHashMap<>();
        Door door = new Door();
        OrderDraft sell = order(42).side(Side.SELL).size(100, 3);
        Consumer<ByteBuffer> market =
                out ->
                        RequestEncoder.submit(
                                out,
                                5,
                                order(43).type(OrderType.MARKET, TimeInForce.IOC).size(0, 1));
        example(
                examples,
                door,
                "AddInstrument",
                out -> RequestEncoder.addInstrument(out, 5, 17, 1, 2));
        example(examples, door, "Deposit", out -> RequestEncoder.deposit(out, 5, 7, 1, 50));
        example(examples, door, "Deposit", out -> RequestEncoder.deposit(out, 5, 7, 2, 9000));
        example(examples, door, "Submit, limit", out -> RequestEncoder.submit(out, 5, sell));
        example(
                examples,
                door,
                "CancelReplace",
                out -> RequestEncoder.cancelReplace(out, 5, order(42).size(101, 2)));
        example(examples, door, "Submit, market", market);
        example(examples, door, "QueryPosition", out -> RequestEncoder.queryPosition(out, 5, 7));
        example(examples, door, "Withdraw", out -> RequestEncoder.withdraw(out, 5, 7, 2, 1));
        example(examples, door, "Cancel", out -> RequestEncoder.cancel(out, 5, order(42)));
        example(examples, door, "QueryStats", out -> RequestEncoder.queryStats(out, 5));
        return examples;
    }

    private static void example(
            Map<String, String> examples, Door door, String name, Consumer<ByteBuffer> encoder) {
        ByteBuffer request = Door.littleEndian(RequestEncoder.FRAME_BYTES_MAX);
        encoder.accept(request);
        examples.put(name, Door.hex(request.flip()));
        for (String answer : door.ask(encoder)) {
            examples.put("... answered by " + name(answer), answer);
        }
    }

    private static String name(String answer) {
        int tag = Integer.parseInt(answer.substring(8, 10), 16);
        ReportKind kind = ReportKind.of(tag);
        return kind != null ? kind.name() : tag == ExchangeTag.STATS ? "STATS" : "POSITION";
    }

    private static OrderDraft order(long id) {
        return new OrderDraft()
                .key(17, 7, id)
                .selfTradePrevention(SelfTradePrevention.ALLOW)
                .type(OrderType.LIMIT, TimeInForce.GTC);
    }

    private static String constant(String name) {
        return name.replaceAll("(?<=[a-z])([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    }

    private static int valueOf(Class<?> type, String name) throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        return ((Number) Objects.requireNonNull(field.get(null))).intValue();
    }

    private static List<String> constantsOf(Class<?> type) {
        List<String> names = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
                names.add(field.getName());
            }
        }
        return names;
    }

    private static String group(Matcher matcher, int index) {
        return Objects.requireNonNull(matcher.group(index));
    }
}
