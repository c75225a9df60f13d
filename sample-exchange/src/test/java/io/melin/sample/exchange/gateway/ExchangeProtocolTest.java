package io.melin.sample.exchange.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.melin.gateway.Protocol.Decoded;
import io.melin.sample.exchange.Seeds;
import io.melin.sample.exchange.domain.Amounts;
import io.melin.sample.exchange.domain.Name;
import io.melin.sample.exchange.domain.NumericName;
import io.melin.sample.exchange.domain.OrderType;
import io.melin.sample.exchange.domain.RejectReason;
import io.melin.sample.exchange.domain.SelfTradePrevention;
import io.melin.sample.exchange.domain.Side;
import io.melin.sample.exchange.domain.TimeInForce;
import io.melin.sample.exchange.engine.BookView;
import io.melin.sample.exchange.wire.EventKind;
import io.melin.sample.exchange.wire.ReportKind;
import io.melin.sample.exchange.wire.ReportWriter;
import io.melin.wire.RequestFrame;
import io.melin.wire.Role;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExchangeProtocolTest {
    private static final int MALFORMED_ID = NumericName.NONE;

    private final Door door = new Door();

    static List<Consumer<ByteBuffer>> requests() {
        return List.of(
                out -> RequestEncoder.submit(out, 1, limit(1)),
                out -> RequestEncoder.submit(out, 1, market(1)),
                out -> RequestEncoder.cancel(out, 1, limit(1)),
                out -> RequestEncoder.cancelReplace(out, 1, limit(1)),
                out -> RequestEncoder.addInstrument(out, 1, 17, 1, 2),
                out -> RequestEncoder.deposit(out, 1, 7, 1, 1),
                out -> RequestEncoder.withdraw(out, 1, 7, 1, 1),
                out -> RequestEncoder.queryPosition(out, 1, 7),
                out -> RequestEncoder.queryStats(out, 1));
    }

    /** The whole way: frame, event, engine, report, frame; the book that REST sees is the same. */
    @Test
    void tradesOnTheBookOfTheNameMadeOfTheDigits() {
        open();

        assertThat(door.ask(out -> RequestEncoder.submit(out, 3, limit(1).side(Side.SELL))))
                .singleElement()
                .satisfies(frame -> assertThat(tag(frame)).isEqualTo(ExchangeTag.PLACED));
        List<String> answers =
                door.ask(out -> RequestEncoder.submit(out, 4, limit(2).size(100, 5)));

        assertThat(answers)
                .extracting(ExchangeProtocolTest::tag)
                .containsExactly(ExchangeTag.FILL, ExchangeTag.PLACED);
        BookView book = Objects.requireNonNull(door.application().book(Name.of("17"), 5));
        assertThat(book.lastTradePrice()).isEqualTo(100);
        assertThat(book.bids()).containsExactly(new BookView.Level(100, 2, 1));
        assertThat(door.application().account(7)).isNotNull();
    }

    @Test
    void cancelsWithOneAnswerOrNone() {
        open();
        door.ask(out -> RequestEncoder.submit(out, 3, limit(1)));

        assertThat(door.ask(out -> RequestEncoder.cancel(out, 4, limit(1)))).hasSize(1);
        assertThat(door.ask(out -> RequestEncoder.cancel(out, 5, limit(1)))).isEmpty();
    }

    @Test
    void answersAPositionInAsManyFramesAsItNeeds() {
        for (int currency = 1; currency <= PositionQuery.BALANCES_MAX + 3; currency++) {
            int id = currency;
            door.ask(out -> RequestEncoder.deposit(out, 1, 7, id, id));
        }

        List<String> frames = door.ask(out -> RequestEncoder.queryPosition(out, 2, 7));

        assertThat(frames).hasSize(2);
        assertThat(frames.get(0)).startsWith("f21300003c07000000ff");
        assertThat(frames.get(1)).startsWith("420000003c0700000003");
        assertThat(door.ask(out -> RequestEncoder.queryPosition(out, 3, 8)))
                .containsExactly("1200000034" + "0000000000000000ffffffff0800000003");
    }

    @Test
    void saysWhatIsNotExpressible() {
        long over = 1L << Integer.SIZE;
        Name text = Name.of("BTC-USD");
        ReportWriter writer =
                new ReportWriter()
                        .start(ReportKind.REJECTED, text.high(), text.low())
                        .order(over, 9)
                        .rejected(EventKind.SUBMIT, RejectReason.UNKNOWN_ACCOUNT);

        door.add(writer.report());

        assertThat(door.answers())
                .containsExactly("1200000034" + "0900000000000000ffffffffffffffff03");
        assertThat(ReportFrames.account(over - 1)).isEqualTo(NumericName.NONE);
        assertThat(ReportFrames.account(over)).isEqualTo(NumericName.NONE);
        assertThat(ReportFrames.account(over - 2)).isEqualTo(-2);
        assertThat(door.ask(ExchangeTag.HEARTBEAT, Door.littleEndian(0)))
                .containsExactly("IGNORED");
    }

    /** R1 of RequestReader, as are the ids among what follows. */
    @ParameterizedTest
    @MethodSource("requests")
    void refusesEveryOtherLength(Consumer<ByteBuffer> encoder) {
        ByteBuffer frame = Door.littleEndian(RequestEncoder.FRAME_BYTES_MAX + 1);
        encoder.accept(frame);
        int end = frame.position();
        byte tag = frame.get(RequestFrame.TAG);

        for (int limit = RequestFrame.PAYLOAD; limit <= end + 1; limit++) {
            Decoded decoded = door.decode(tag, frame.limit(limit).position(RequestFrame.PAYLOAD));
            assertThat(decoded == Decoded.MALFORMED).as("limit=%d", limit).isEqualTo(limit != end);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "18, 00", "18, ffffffffffffffff", "18, 0000000000002000", "26, 03", "26, 04", "26, ff",
        "27, 0000000000000000", "27, 0000000000002000", "35, 04", "16, 02", "17, 02", "17, 03",
        "17, 05", "0, ffffffff", "12, ffffffff", "12, 00000000", "4, ffffffffffffffff"
    })
    void refusesWhatTheExchangeDoesNotHave(int offset, String hex) {
        ByteBuffer frame = Door.littleEndian(RequestEncoder.FRAME_BYTES_MAX);
        RequestEncoder.submit(frame, 1, limit(1).size(1, 1));
        frame.flip().position(RequestFrame.PAYLOAD);
        byte[] bytes = HexFormat.of().parseHex(hex);

        frame.put(RequestFrame.PAYLOAD + offset, bytes);

        assertThat(door.decode(ExchangeTag.SUBMIT, frame)).isEqualTo(Decoded.MALFORMED);
    }

    @Test
    void refusesTermsThatDoNotGoTogether() {
        assertThat(submit(limit(1).type(OrderType.POST_ONLY, TimeInForce.IOC))).isFalse();
        assertThat(submit(limit(1).type(OrderType.POST_ONLY, TimeInForce.GTC))).isTrue();
        assertThat(submit(limit(1).type(OrderType.MARKET, TimeInForce.GTC))).isFalse();
        assertThat(submit(limit(1).type(OrderType.MARKET, TimeInForce.FOK))).isTrue();
        assertThat(submit(limit(1).size(Amounts.MAX, Amounts.MAX))).isTrue();
        assertThat(door.ask(out -> RequestEncoder.addInstrument(out, 1, 1, 2, 2)))
                .containsExactly("MALFORMED");
        assertThat(door.ask(out -> RequestEncoder.queryPosition(out, 1, MALFORMED_ID)))
                .containsExactly("MALFORMED");
    }

    @Test
    void permitsWhatTheTableSays() {
        ExchangeProtocol protocol = new ExchangeProtocol();
        for (int tag = 0; tag < 256; tag++) {
            assertThat(protocol.permits(Role.UNRESTRICTED, (byte) tag)).isTrue();
            assertThat(protocol.permits(Role.REPLICATION, (byte) tag)).isFalse();
        }
        assertThat(permitted(Role.TRADER)).containsExactly(0x10, 0x11, 0x14, 0x21);
        assertThat(permitted(Role.OPERATOR)).containsExactly(0x15, 0x20);
        assertThat(permitted(Role.CUSTODIAN)).containsExactly(0x16, 0x17);
        assertThat(permitted(Role.READONLY)).containsExactly(0x20, 0x21);
        assertThat(protocol.permits(Role.READONLY, ExchangeTag.HEARTBEAT)).isTrue();
        assertThat(protocol.permits(Role.TRADER, (byte) 0x1F)).as("unknown").isTrue();
    }

    @Test
    void knowsNoOtherTag() {
        List<Integer> known = List.of(0x10, 0x11, 0x12, 0x14, 0x15, 0x16, 0x17, 0x20, 0x21);
        for (int tag = 0; tag < 256; tag++) {
            Decoded decoded = door.decode((byte) tag, Door.littleEndian(1));
            assertThat(decoded)
                    .as("tag=%x", tag)
                    .isEqualTo(known.contains(tag) ? Decoded.MALFORMED : Decoded.UNKNOWN_TAG);
        }
    }

    /** P1 of ExchangeProtocol: the engine is run with every event that its codec takes. */
    @Test
    void isTotal() {
        for (long seed : Seeds.of("ExchangeProtocolTest", 20)) {
            SplittableRandom random = Seeds.random(seed);
            int accepted = 0;
            for (int round = 0; round < 20_000; round++) {
                ByteBuffer payload = mutated(random);
                byte tag = payload.get(RequestFrame.TAG);
                Decoded decoded = door.decode(tag, payload.position(RequestFrame.PAYLOAD));
                accepted += decoded == Decoded.EVENT ? 1 : 0;
            }
            assertThat(accepted).as("seed=%d", seed).isBetween(1_000, 19_000);
        }
    }

    /** A request of any kind with some of its bytes changed, or its length, or its tag. */
    private static ByteBuffer mutated(SplittableRandom random) {
        ByteBuffer frame = Door.littleEndian(RequestEncoder.FRAME_BYTES_MAX + 8);
        requests().get(random.nextInt(requests().size())).accept(frame);
        int end = frame.position();
        for (int i = random.nextInt(4); i > 0; i--) {
            frame.put(random.nextInt(RequestFrame.TAG, end), (byte) random.nextInt(5));
        }
        if (random.nextInt(4) == 0) {
            frame.put(random.nextInt(RequestFrame.TAG, end), (byte) random.nextInt());
        }
        if (random.nextInt(8) == 0) {
            end = random.nextInt(RequestFrame.PAYLOAD, frame.capacity());
        }
        return frame.limit(end);
    }

    @Test
    void allocatesNothingForEvents() {
        ByteBuffer frame = Door.littleEndian(RequestEncoder.FRAME_BYTES_MAX);
        RequestEncoder.submit(frame, 1, limit(1));
        frame.flip();
        Frames frames = new Frames();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        frames.run(frame, 100_000);

        long before = threads.getThreadAllocatedBytes(thread);
        frames.run(frame, 1_000_000);
        long allocated = threads.getThreadAllocatedBytes(thread) - before;

        assertThat(allocated).isLessThan(10_000);
    }

    @Test
    void namesAndIdsAreTheSame() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 100_000; round++) {
            int id = random.nextInt() >>> random.nextInt(32);
            Name name = NumericName.of(id);
            assertThat(name.toString()).isEqualTo(Integer.toUnsignedString(id));
            assertThat(NumericName.id(name.high(), name.low())).isEqualTo(id);
        }
        for (String text :
                List.of("00", "07", "4294967296", "99999999999", "1a", "-1", "A", "1.")) {
            Name name = Name.of(text);
            assertThat(NumericName.id(name.high(), name.low())).as(text).isEqualTo(-1);
        }
        assertThat(NumericName.of(0)).hasToString("0");
    }

    private void open() {
        assertThat(door.ask(out -> RequestEncoder.addInstrument(out, 1, 17, 1, 2))).isEmpty();
        assertThat(door.ask(out -> RequestEncoder.deposit(out, 1, 7, 1, 1000))).isEmpty();
        assertThat(door.ask(out -> RequestEncoder.deposit(out, 1, 7, 2, 100_000))).isEmpty();
    }

    private boolean submit(OrderDraft draft) {
        return !door.ask(out -> RequestEncoder.submit(out, 1, draft)).contains("MALFORMED");
    }

    private static List<Integer> permitted(Role role) {
        ExchangeProtocol protocol = new ExchangeProtocol();
        return List.of(0x10, 0x11, 0x14, 0x15, 0x16, 0x17, 0x20, 0x21).stream()
                .filter(tag -> protocol.permits(role, tag.byteValue()))
                .toList();
    }

    private static byte tag(String frame) {
        return (byte) Integer.parseInt(frame.substring(8, 10), 16);
    }

    private static OrderDraft limit(long id) {
        return new OrderDraft()
                .key(17, 7, id)
                .selfTradePrevention(SelfTradePrevention.ALLOW)
                .size(100, 3);
    }

    private static OrderDraft market(long id) {
        return limit(id).type(OrderType.MARKET, TimeInForce.IOC);
    }
}
