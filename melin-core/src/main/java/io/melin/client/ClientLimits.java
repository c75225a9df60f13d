package io.melin.client;

/**
 * What bounds a client's memory.
 *
 * @param window requests in flight, 1 to {@link #WINDOW_MAX}; a server may allow fewer at a time
 * @param frameBytesMax largest body of a frame, either way; a longer one from the server ends the
 *     connection
 * @param answerBytesMax all answer frames of one request; of more the request fails, and nothing
 *     is kept
 */
public record ClientLimits(int window, int frameBytesMax, int answerBytesMax) {
    /** Numbers that a server remembers of a client. */
    public static final int WINDOW_MAX = 1_024;

    static final int FRAME_BYTES_MIN = 2_048;

    public static final ClientLimits DEFAULT = new ClientLimits(256, 1 << 20, 16 << 20);

    public ClientLimits {
        if (window < 1 || window > WINDOW_MAX) {
            throw new IllegalArgumentException("window must be 1 to 1,024: window=" + window);
        }
        if (frameBytesMax < FRAME_BYTES_MIN) {
            throw new IllegalArgumentException(
                    "frameBytesMax must be 2,048 or more: frameBytesMax=" + frameBytesMax);
        }
        if (answerBytesMax < 0) {
            throw new IllegalArgumentException(
                    "answerBytesMax must be 0 or more: answerBytesMax=" + answerBytesMax);
        }
    }

    public ClientLimits withWindow(int window) {
        return new ClientLimits(window, frameBytesMax, answerBytesMax);
    }
}
