package io.melin.pipeline;

import java.util.List;

/** Finds the door of a connection: its number is the top byte, and 0 is the node itself. */
public final class Doors {
    /** The connection of ticks and whatever else the node submits to itself; gets no answer. */
    public static final long INTERNAL = 0;

    private static final int SHIFT = 56;

    private final Door[] doors;

    Doors(List<Door> doors) {
        this.doors = doors.toArray(new Door[0]);
    }

    /**
     * @param door number of the door, 1 or more, in the order in which doors were given
     * @param local anything below 2^56
     */
    public static long connection(int door, long local) {
        return (long) door << SHIFT | local;
    }

    /** What {@link #connection} was given as local. */
    public static long local(long connection) {
        return connection & ((1L << SHIFT) - 1);
    }

    Door of(long connection) {
        return doors[(int) (connection >>> SHIFT) - 1];
    }

    void flush() {
        for (Door door : doors) {
            door.flush();
        }
    }
}
