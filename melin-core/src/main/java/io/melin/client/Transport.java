package io.melin.client;

import io.melin.stage.Wakeup;

/**
 * The socket of a client, one connection at a time. Whatever happens to the connection that {@link
 * #connect} began is told to the session until {@link #disconnect}, and nothing of an older one.
 *
 * <p>Threading: the loop thread, but for {@link #signal}.
 */
public interface Transport extends Wakeup {

    /** The life of the loop thread: steps the session, in between waits for bytes and signals. */
    void run(ClientSession<?> session);

    /** Begins a connection; ends in {@code onConnected} or {@code onLost}. */
    void connect(ServerAddress server);

    /** Whether so little waits to be sent that more may be written. */
    boolean hasRoom();

    /** Takes a frame, room or not; it goes out with {@link #flush}. The array is not kept. */
    void write(byte[] frame);

    void flush();

    /** Ends the connection, if there is one. */
    void disconnect();
}
