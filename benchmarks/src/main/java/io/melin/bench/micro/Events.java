package io.melin.bench.micro;

import io.melin.event.EventHeader;
import io.melin.event.EventKind;
import io.melin.event.IdScheme;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** One event after the other, each with a payload of 100 bytes; reused flyweights. */
final class Events {
    static final int PAYLOAD_BYTES = 100;

    private static final int CLIENTS = 1_000;

    /** Odd, so that no two keys are the same. */
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    private final EventHeader header = new EventHeader();
    private final ByteBuffer payload =
            ByteBuffer.allocateDirect(PAYLOAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final byte idScheme;
    private long sequence;

    Events(byte idScheme) {
        this.idScheme = idScheme;
    }

    /** The header of the next event. */
    EventHeader next() {
        sequence++;
        header.event(EventKind.APP, sequence, sequence);
        payload.clear().putLong(0, sequence);
        return switch (idScheme) {
            case IdScheme.CLIENT_REQUEST ->
                    header.id(idScheme, 1 + sequence % CLIENTS, 1 + sequence / CLIENTS);
            case IdScheme.KEY -> header.id(idScheme, sequence * SPREAD, sequence);
            default -> header.id(idScheme, 0, 0);
        };
    }

    /** The payload of that event. */
    ByteBuffer payload() {
        return payload;
    }
}
