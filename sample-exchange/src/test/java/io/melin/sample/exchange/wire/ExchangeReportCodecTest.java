package io.melin.sample.exchange.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.sample.exchange.Seeds;
import io.melin.sample.exchange.domain.Name;
import io.melin.sample.exchange.domain.RejectReason;
import io.melin.sample.exchange.domain.Side;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExchangeReportCodecTest {
    private static final Name SYMBOL = Name.of("BTC-USD");

    private final ExchangeReportCodec codec = new ExchangeReportCodec();
    private final ReportWriter writer = new ReportWriter();

    @Test
    void givesBackAFill() {
        ExchangeReport fill =
                decoded(
                        start(ReportKind.FILL)
                                .order(1, 2)
                                .side(Side.SELL)
                                .maker(3, 4)
                                .price(5)
                                .quantity(6));

        assertThat(fill.kind()).isEqualTo(ReportKind.FILL);
        assertThat(fill.name()).isEqualTo(SYMBOL);
        assertThat(fill.account()).isEqualTo(1);
        assertThat(fill.orderId()).isEqualTo(2);
        assertThat(fill.side()).isEqualTo(Side.SELL);
        assertThat(fill.makerAccount()).isEqualTo(3);
        assertThat(fill.makerOrderId()).isEqualTo(4);
        assertThat(fill.price()).isEqualTo(5);
        assertThat(fill.quantity()).isEqualTo(6);
        assertThat(fill.makerFee()).isZero();
        assertThat(fill.takerFee()).isZero();
    }

    @Test
    void givesBackAReplacement() {
        ExchangeReport replaced =
                decoded(start(ReportKind.REPLACED).order(1, 2).old(3, 4).price(5).quantity(6));

        assertThat(replaced.oldPrice()).isEqualTo(3);
        assertThat(replaced.oldQuantity()).isEqualTo(4);
        assertThat(replaced.price()).isEqualTo(5);
        assertThat(replaced.quantity()).isEqualTo(6);
    }

    @Test
    void givesBackARejection() {
        ExchangeReport rejected =
                decoded(
                        start(ReportKind.REJECTED)
                                .order(1, 2)
                                .rejected(EventKind.SUBMIT, RejectReason.AMOUNT_OUT_OF_RANGE));

        assertThat(rejected.reason()).isEqualTo(RejectReason.AMOUNT_OUT_OF_RANGE);
        assertThat(rejected.request()).isEqualTo(EventKind.SUBMIT);
    }

    @Test
    void keepsADecodedReportWhenTheWriterMovesOn() {
        ExchangeReport first = decoded(start(ReportKind.CANCELLED).order(1, 2).quantity(3));

        decoded(start(ReportKind.PLACED).order(9, 9).price(9).quantity(9));

        assertThat(first.kind()).isEqualTo(ReportKind.CANCELLED);
        assertThat(first.quantity()).isEqualTo(3);
    }

    @Test
    void makesEqualReportsOfEqualBytes() {
        ExchangeReport one = decoded(start(ReportKind.CANCELLED).order(1, 2).quantity(3));
        ExchangeReport same = decoded(start(ReportKind.CANCELLED).order(1, 2).quantity(3));
        ExchangeReport other = decoded(start(ReportKind.CANCELLED).order(1, 2).quantity(4));

        assertThat(one).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(other);
        assertThat(one).hasToString("CANCELLED 1/2 BTC-USD");
        assertThat(writer.report()).as("a longer buffer").isEqualTo(other);
    }

    @Test
    void isTotal() {
        for (long seed : Seeds.of("ExchangeReportCodecTest", 20)) {
            SplittableRandom random = Seeds.random(seed);
            for (int round = 0; round < 5000; round++) {
                byte[] bytes = new byte[random.nextInt(100)];
                random.nextBytes(bytes);
                if (bytes.length > 0) {
                    bytes[0] = (byte) (0x30 + random.nextInt(6));
                }
                ByteBuffer in = ByteBuffer.wrap(bytes);
                if (codec.isValid(in.duplicate())) {
                    ExchangeReport report = codec.decode(in, 1);
                    assertThat(report.name().toString()).as("seed=%d", seed).isNotEmpty();
                    assertThat(report.reason()).as("seed=%d", seed).isNotNull();
                }
            }
        }
    }

    private ReportWriter start(ReportKind kind) {
        return writer.start(kind, SYMBOL.high(), SYMBOL.low());
    }

    private ExchangeReport decoded(ReportWriter written) {
        ByteBuffer bytes =
                ByteBuffer.allocate(codec.size(written.report())).order(ByteOrder.BIG_ENDIAN);
        codec.encode(written.report(), bytes);
        assertThat(codec.isValid(bytes.flip().duplicate())).isTrue();
        return codec.decode(bytes, codec.version());
    }
}
