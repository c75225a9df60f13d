package io.melin.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** Streams that are almost what a client sends. */
final class Mutant {
    private static final byte[] TAGS = {
        Probe.EVENT,
        Probe.QUERY,
        Probe.THROWING_QUERY,
        Probe.HALF_QUERY,
        Probe.FORBIDDEN,
        Probe.IGNORED,
        Probe.THROWING_DECODER,
        Probe.LYING_DECODER,
        Probe.NOBODYS,
        0x22,
        1,
        6,
        9
    };

    private final Random random;

    Mutant(Random random) {
        this.random = random;
    }

    /** Some requests, then damaged; or noise from the start. */
    byte[] stream() {
        if (random.nextInt(8) == 0) {
            byte[] noise = new byte[random.nextInt(400)];
            random.nextBytes(noise);
            return noise;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (random.nextBoolean()) {
            add(out, Rig.identify(1 + random.nextInt(5)));
        }
        for (int i = random.nextInt(30); i > 0; i--) {
            byte tag = TAGS[random.nextInt(TAGS.length)];
            byte kind = (byte) random.nextInt(4);
            int bytes = Probe.REPORT_BYTES_MIN + random.nextInt(300);
            int count = random.nextInt(5);
            add(out, Probe.frame(i, tag, kind, count, bytes, random.nextLong()));
        }
        return damaged(out.toByteArray());
    }

    private static void add(ByteArrayOutputStream out, ByteBuffer frame) {
        out.write(frame.array(), 0, frame.position());
    }

    /** A few bits, bytes or pieces are not where they were. */
    byte[] damaged(byte[] good) {
        byte[] bytes = good.clone();
        for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                case 3 -> bytes = spliced(bytes, at, random.nextInt(bytes.length + 1));
                default -> bytes = spliced(bytes, random.nextInt(bytes.length + 1), at);
            }
        }
        return bytes;
    }

    /** The head of it, and its tail from another place: repeats a piece, or leaves it out. */
    private static byte[] spliced(byte[] bytes, int headEnd, int tailStart) {
        byte[] result = new byte[headEnd + bytes.length - tailStart];
        System.arraycopy(bytes, 0, result, 0, headEnd);
        System.arraycopy(bytes, tailStart, result, headEnd, bytes.length - tailStart);
        return result;
    }
}
