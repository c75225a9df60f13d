package io.melin.sample.exchange.engine;

import io.melin.app.Reports;
import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import io.melin.sample.exchange.wire.ExchangeEvent;
import io.melin.sample.exchange.wire.ExchangeEventCodec;
import io.melin.sample.exchange.wire.ExchangeReport;
import io.melin.sample.exchange.wire.ExchangeReportCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Runs an exchange as a node does: every event and every report goes through its bytes. */
final class Harness implements Reports<ExchangeReport> {
    private final ExchangeEventCodec events = new ExchangeEventCodec();
    private final ExchangeReportCodec reports = new ExchangeReportCodec();
    private final ByteBuffer buffer = ByteBuffer.allocate(256);
    private final NthEvent context = new NthEvent();
    private final List<ExchangeReport> last = new ArrayList<>();
    private ExchangeApplication application;
    private long sequence;

    Harness(ExchangeApplication application) {
        this.application = application;
    }

    static Harness create() {
        return new Harness(new ExchangeApplication());
    }

    ExchangeApplication application() {
        return application;
    }

    List<ExchangeReport> applyForReports(ExchangeEvent event) {
        last.clear();
        buffer.clear();
        events.encode(event, buffer);
        buffer.flip();
        if (!events.isValid(buffer.duplicate())) {
            throw new AssertionError("not a valid event: " + event.kind());
        }
        apply(buffer);
        return List.copyOf(last);
    }

    List<String> apply(ExchangeEvent event) {
        return applyForReports(event).stream().map(ReportText::of).toList();
    }

    /** Applies bytes that are known to be valid. */
    void apply(ByteBuffer bytes) {
        context.at(++sequence);
        application.apply(events.decode(bytes, events.version()), context, this);
    }

    @Override
    public void add(ExchangeReport report) {
        ByteBuffer out = ByteBuffer.allocate(reports.size(report));
        reports.encode(report, out);
        if (!reports.isValid(out.flip().duplicate())) {
            throw new AssertionError("not a valid report: " + report.kind());
        }
        last.add(reports.decode(out, reports.version()));
    }

    byte[] snapshot() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            application.snapshot(new StreamWriter(new DataOutputStream(bytes)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    /** Goes on with a twin that was restored from this snapshot. */
    void restore(byte[] snapshot) {
        ExchangeApplication twin = application.fresh();
        ByteArrayInputStream bytes = new ByteArrayInputStream(snapshot);
        try {
            twin.restore(new StreamReader(new DataInputStream(bytes)), twin.version());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        if (bytes.available() > 0) {
            throw new AssertionError("snapshot not read to its end: left=" + bytes.available());
        }
        application = twin;
    }

    private record StreamWriter(DataOutputStream out) implements SnapshotWriter {
        @Override
        public void writeByte(int value) throws IOException {
            out.writeByte(value);
        }

        @Override
        public void writeInt(int value) throws IOException {
            out.writeInt(value);
        }

        @Override
        public void writeLong(long value) throws IOException {
            out.writeLong(value);
        }

        @Override
        public void writeString(String value) throws IOException {
            byte[] text = value.getBytes(StandardCharsets.UTF_8);
            out.writeInt(text.length);
            out.write(text);
        }

        @Override
        public void writeBytes(ByteBuffer source) throws IOException {
            while (source.hasRemaining()) {
                out.writeByte(source.get());
            }
        }
    }

    private record StreamReader(DataInputStream in) implements SnapshotReader {
        @Override
        public byte readByte() throws IOException {
            return in.readByte();
        }

        @Override
        public int readInt() throws IOException {
            return in.readInt();
        }

        @Override
        public long readLong() throws IOException {
            return in.readLong();
        }

        @Override
        public String readString() throws IOException {
            byte[] text = in.readNBytes(in.readInt());
            return new String(text, StandardCharsets.UTF_8);
        }

        @Override
        public void readBytes(ByteBuffer target) throws IOException {
            while (target.hasRemaining()) {
                target.put(in.readByte());
            }
        }
    }
}
