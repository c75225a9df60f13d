package io.melin.sample.exchange.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.melin.app.Reports;
import io.melin.sample.exchange.Seeds;
import io.melin.sample.exchange.wire.ExchangeEvent;
import io.melin.sample.exchange.wire.ExchangeEventCodec;
import io.melin.sample.exchange.wire.ExchangeReport;
import io.melin.sample.exchange.wire.ExchangeReportCodec;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** The exchange's own share of the budget of 0.01 byte an event. */
class AllocationTest {
    private static final int EVENTS = 1 << 16;
    private static final int ROUNDS = 16;

    private final ExchangeEventCodec codec = new ExchangeEventCodec();
    private final ExchangeReportCodec reports = new ExchangeReportCodec();
    private final ExchangeApplication application = new ExchangeApplication();
    private final NthEvent context = new NthEvent();
    private final ByteBuffer out = ByteBuffer.allocateDirect(256);
    private final Reports<ExchangeReport> sink = this::report;
    private long applied;
    private long reported;

    @Test
    void allocatesNothingInSteadyState() {
        ByteBuffer history = history();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        run(history, 4);

        long before = threads.getThreadAllocatedBytes(thread);
        applied = 0;
        run(history, ROUNDS);
        long allocated = threads.getThreadAllocatedBytes(thread) - before;

        assertThat(applied).isGreaterThan(1_000_000);
        assertThat(reported).isGreaterThan(applied / 2);
        assertThat((double) allocated / applied).as("bytes an event").isLessThan(0.01);
    }

    private ByteBuffer history() {
        Histories histories = new Histories(Seeds.random(3), false);
        histories.opening().forEach(event -> applyOne(encoded(event)));
        ByteBuffer history = ByteBuffer.allocateDirect(EVENTS * 64).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < EVENTS; i++) {
            ByteBuffer event = encoded(histories.next());
            history.put(i * 64, (byte) event.remaining());
            history.put(i * 64 + 1, event, 0, event.remaining());
        }
        return history;
    }

    private ByteBuffer encoded(ExchangeEvent event) {
        ByteBuffer bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        codec.encode(event, bytes);
        return bytes.flip();
    }

    private void run(ByteBuffer history, int rounds) {
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < EVENTS; i++) {
                history.limit(i * 64 + 1 + history.get(i * 64)).position(i * 64 + 1);
                if (!codec.isValid(history)) {
                    throw new AssertionError("invalid event: index=" + i);
                }
                applyOne(history);
                history.clear();
            }
        }
    }

    private void applyOne(ByteBuffer event) {
        applied++;
        context.at(applied);
        application.apply(codec.decode(event, 1), context, sink);
    }

    private void report(ExchangeReport report) {
        reported++;
        out.clear();
        reports.encode(report, out);
    }
}
