package io.melin.apply;

import io.melin.app.EventId;
import io.melin.event.IdScheme;

/** How an {@link EventId} of this process becomes the scheme and id words of an entry. */
public final class EventIds {
    private EventIds() {}

    /** As {@link IdScheme} lists them. */
    public static byte scheme(EventId id) {
        if (id instanceof EventId.Numbered) {
            return IdScheme.CLIENT_REQUEST;
        }
        return id instanceof EventId.Keyed ? IdScheme.KEY : IdScheme.NONE;
    }

    /** The client, or the first 64 bits of the key's hash. */
    public static long high(EventId id) {
        if (id instanceof EventId.Numbered numbered) {
            return numbered.client();
        }
        return id instanceof EventId.Keyed keyed ? keyed.high() : 0;
    }

    /** The request number, or the next 64 bits of the key's hash. */
    public static long low(EventId id) {
        if (id instanceof EventId.Numbered numbered) {
            return numbered.request();
        }
        return id instanceof EventId.Keyed keyed ? keyed.low() : 0;
    }
}
