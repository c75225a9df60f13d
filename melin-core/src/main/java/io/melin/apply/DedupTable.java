package io.melin.apply;

import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import io.melin.apply.ClientWindows.Sight;
import io.melin.event.EventHeader;
import io.melin.event.IdScheme;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The exactly-once memory: which ids were used, for which payload, and what came of it.
 *
 * <p>D1: a pure function of the events remembered, in their order, and of the limits; replicated
 * state and part of every snapshot. D2: {@link #check} changes nothing, so a repeat leaves no
 * trace. D3: an id that is remembered in any way is never new. D4: a repeat is a duplicate only
 * while the first outcome is held, and its payload is proven the same. D5: a new request of a
 * client that cannot have been forgotten has no outcome to look for.
 *
 * <pre>
 * client window   key ring   outcome held   same payload   verdict
 * TOO_OLD         -          ANY            ANY            UNKNOWN_OUTCOME
 * NEW or SEEN     ANY        YES            YES            DUPLICATE
 * NEW or SEEN     ANY        YES            NO             ID_CONFLICT
 * SEEN            -          NO             -              UNKNOWN_OUTCOME
 * -               IN         NO             -              UNKNOWN_OUTCOME
 * NEW             OUT        NO             -              NEW
 * </pre>
 *
 * <p>NEW with an outcome held happens to a client or key that was forgotten earlier than its
 * outcome. One that was forgotten altogether counts as new. Threading: one.
 *
 * <p>Bytes of the snapshot, little-endian; clients, keys and outcomes from the oldest to the
 * newest:
 *
 * <pre>
 * u32 magic, u32 x 5 limits
 * u32 count, each client:  u8 scheme, u64 client, u64 highest, u64 x window/64 bits seen
 * u32 count, each key:     u8 scheme, u64 high, u64 low
 * u32 count, each outcome: u8 scheme, u64 high, u64 low, u64 sequence, u64 timeNs,
 *                          u32 payload bytes, u32 payload CRC32C,
 *                          u8 kind (1 applied, 2 rejected), u32 bytes, the bytes
 * u32 end magic
 * </pre>
 */
final class DedupTable {
    /** What a repeat, or a first use, of an id is. */
    enum Verdict {
        NEW,
        DUPLICATE,
        ID_CONFLICT,
        UNKNOWN_OUTCOME
    }

    private static final int MAGIC = 0x31_44_44_4D;
    private static final int END_MAGIC = 0x45_44_44_4D;

    private final DedupLimits limits;
    private final ClientWindows clients;
    private final IdQueue keys = new IdQueue();
    private final OutcomeStore outcomes;
    private final CRC32C crc = new CRC32C();
    private long print;
    private int row;

    DedupTable(DedupLimits limits) {
        this.limits = limits;
        this.clients = new ClientWindows(limits);
        this.outcomes = new OutcomeStore(limits);
    }

    /** {@link IdRing#keepReady}. */
    int keepReady() {
        return outcomes.keepReady();
    }

    /** The highest request number seen of a client, 0 if it is not known. */
    long highestRequest(byte scheme, long client) {
        return clients.highest(scheme, client);
    }

    /** Looks the header's id up. The payload's position and limit are as before. */
    Verdict check(EventHeader header, ByteBuffer payload) {
        print = printOf(payload);
        if (IdScheme.scheme(header.idScheme()) == IdScheme.CLIENT_REQUEST) {
            return checkRequest(header);
        }
        row = outcomes.find(header);
        boolean known = keys.find(header.idScheme(), header.idHigh(), header.idLow()) >= 0;
        return verdict(known ? Verdict.UNKNOWN_OUTCOME : Verdict.NEW);
    }

    private Verdict checkRequest(EventHeader header) {
        Sight sight = clients.sight(header.idScheme(), header.idHigh(), header.idLow());
        boolean isSure = sight == Sight.TOO_OLD || sight == Sight.NEW && clients.isComplete(); // D5
        row = isSure ? IdRing.NONE : outcomes.find(header);
        return switch (sight) {
            case TOO_OLD -> Verdict.UNKNOWN_OUTCOME;
            case SEEN -> verdict(Verdict.UNKNOWN_OUTCOME);
            case NEW -> verdict(Verdict.NEW);
        };
    }

    private Verdict verdict(Verdict withoutOutcome) {
        if (row == IdRing.NONE) {
            return withoutOutcome;
        }
        return outcomes.print(row) == print ? Verdict.DUPLICATE : Verdict.ID_CONFLICT;
    }

    /** Right after a check that said duplicate: makes {@code outcome} the first outcome again. */
    void repeat(Outcome<?> outcome) {
        outcomes.repeat(row, outcome);
    }

    /** After a check that said new: remembers the id and what came of it. */
    void remember(EventHeader header, Outcome<?> outcome) {
        if (IdScheme.scheme(header.idScheme()) == IdScheme.CLIENT_REQUEST) {
            clients.mark(header.idScheme(), header.idHigh(), header.idLow());
        } else {
            if (keys.count() == limits.keysMax()) {
                keys.removeOldest();
            }
            keys.add(header.idScheme(), header.idHigh(), header.idLow());
        }
        outcomes.hold(header, print, outcome);
    }

    private long printOf(ByteBuffer payload) {
        int position = payload.position();
        int length = payload.remaining();
        crc.reset();
        crc.update(payload);
        payload.position(position);
        return crc.getValue() << Integer.SIZE | length;
    }

    void snapshot(SnapshotWriter out) throws IOException {
        out.writeInt(MAGIC);
        out.writeInt(limits.clientsMax());
        out.writeInt(limits.window());
        out.writeInt(limits.keysMax());
        out.writeInt(limits.outcomesMax());
        out.writeInt(limits.outcomeBytesMax());
        clients.snapshot(out);
        out.writeInt(keys.count());
        for (int key = keys.oldest(); key != IdQueue.NONE; key = keys.newerThan(key)) {
            out.writeByte(keys.scheme(key));
            out.writeLong(keys.high(key));
            out.writeLong(keys.low(key));
        }
        outcomes.snapshot(out);
        out.writeInt(END_MAGIC);
    }

    /**
     * Reads into an empty table what {@link #snapshot} wrote.
     *
     * @throws IOException if it is damaged, cut short, or of a lineage with other limits
     */
    void restore(SnapshotReader in) throws IOException {
        require(in.readInt() == MAGIC, "magic");
        requireLimit("clientsMax", in.readInt(), limits.clientsMax());
        requireLimit("window", in.readInt(), limits.window());
        requireLimit("keysMax", in.readInt(), limits.keysMax());
        requireLimit("outcomesMax", in.readInt(), limits.outcomesMax());
        requireLimit("outcomeBytesMax", in.readInt(), limits.outcomeBytesMax());
        clients.restore(in);
        int count = readCount(in, "keys", limits.keysMax());
        for (int i = 0; i < count; i++) {
            byte scheme = readScheme(in);
            long high = in.readLong();
            long low = in.readLong();
            boolean isKey = IdScheme.scheme(scheme) == IdScheme.KEY;
            require(isKey && keys.find(scheme, high, low) == IdQueue.NONE, "key");
            keys.add(scheme, high, low);
        }
        outcomes.restore(in);
        require(in.readInt() == END_MAGIC, "end magic");
    }

    static byte readScheme(SnapshotReader in) throws IOException {
        byte scheme = in.readByte();
        require(IdScheme.isKnown(scheme) && scheme != IdScheme.NONE, "scheme");
        return scheme;
    }

    static int readCount(SnapshotReader in, String what, int max) throws IOException {
        int count = in.readInt();
        require(count >= 0 && count <= max, what + " over limit");
        return count;
    }

    static void require(boolean holds, String what) throws IOException {
        if (!holds) {
            throw new IOException("dedup section of the snapshot damaged: at=" + what);
        }
    }

    private static void requireLimit(String name, int found, int expected) throws IOException {
        if (found != expected) {
            throw new IOException(
                    "dedup limits are constants of a lineage: name="
                            + name
                            + ", snapshot="
                            + found
                            + ", configured="
                            + expected);
        }
    }
}
