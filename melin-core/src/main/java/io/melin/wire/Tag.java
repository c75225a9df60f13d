package io.melin.wire;

/**
 * What a frame carries. Below 0x10 and 0x22 / 0x3D are the session's own; 0x10 to 0x2F are requests
 * and 0x30 to 0x4F answers of the protocol that the application speaks. Never renumber or reuse.
 *
 * <p>Kept as constants, since both sides switch on the raw byte.
 */
public final class Tag {
    /** Either side: I am here. No payload, no answer. */
    public static final byte HEARTBEAT = 0x01;

    /** Server: a request is answered, {@link EndFrame}. */
    public static final byte END = 0x02;

    /** Server: a request or the connection failed for good, {@link ErrorFrame}. */
    public static final byte ERROR = 0x03;

    /** Server: the request was surely not applied, try again later, {@link BusyFrame}. */
    public static final byte BUSY = 0x04;

    /** Server: sign this, {@link ChallengeFrame}. */
    public static final byte CHALLENGE = 0x05;

    /** Client: the signature, {@link ChallengeResponseFrame}. */
    public static final byte CHALLENGE_RESPONSE = 0x06;

    /** Server: not let in; payload one byte 0, whatever the reason; the connection ends. */
    public static final byte AUTHENTICATION_FAILED = 0x07;

    /** Server: requests are taken from now on, {@link ReadyFrame}. */
    public static final byte READY = 0x08;

    /** Client, where authentication is off: who I say I am, {@link IdentifyFrame}. */
    public static final byte IDENTIFY = 0x09;

    /** First tag of the application's requests. */
    public static final byte REQUEST_FIRST = 0x10;

    /** Client: what is my highest request number? No payload. */
    public static final byte QUERY_HIGHEST_REQUEST = 0x22;

    /** Last tag of the application's requests. */
    public static final byte REQUEST_LAST = 0x2F;

    /** First tag of the application's answers. */
    public static final byte RESPONSE_FIRST = 0x30;

    /** Server: payload u64, the highest request number of this client that was ever taken. */
    public static final byte HIGHEST_REQUEST = 0x3D;

    /** Last tag of the application's answers. */
    public static final byte RESPONSE_LAST = 0x4F;

    /** Default protocol, request: one event as its codec encodes it. */
    public static final byte EVENT = REQUEST_FIRST;

    /** Default protocol, answer: one report as its codec encodes it. */
    public static final byte REPORT = RESPONSE_FIRST;

    private Tag() {}

    /** Whether a client's frame is for the application's protocol to decode. */
    public static boolean isOfApplication(byte tag) {
        return tag >= REQUEST_FIRST && tag <= REQUEST_LAST && tag != QUERY_HIGHEST_REQUEST;
    }
}
