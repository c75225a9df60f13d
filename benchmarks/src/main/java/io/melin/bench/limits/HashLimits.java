package io.melin.bench.limits;

import io.melin.bench.part.Samples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.zip.CRC32C;

/** A checksum and a hash, a thousand times a step: a step's microseconds are one's nanoseconds. */
final class HashLimits {
    private static final int TIMES = 1_000;
    private static final int SMALL_BYTES = 100;

    private final ByteBuffer bytes;
    private final CRC32C crc = new CRC32C();
    private final MessageDigest sha256;
    private final byte[] digest;
    private long sum;

    private HashLimits(int count) throws NoSuchAlgorithmException {
        bytes = ByteBuffer.allocateDirect(count);
        sha256 = MessageDigest.getInstance("SHA-256");
        digest = new byte[sha256.getDigestLength()];
    }

    static List<Samples> measure() throws IOException, NoSuchAlgorithmException {
        HashLimits small = new HashLimits(SMALL_BYTES);
        return List.of(
                Stopwatch.time("CRC32C of 100 B, 1,000 times", small::crc32c),
                Stopwatch.time("SHA-256 of 100 B, 1,000 times", small::sha256));
    }

    private void crc32c() {
        for (int i = 0; i < TIMES; i++) {
            crc.reset();
            crc.update(bytes.clear());
            sum += crc.getValue();
        }
        bytes.putLong(0, sum); // what is read is not left out
    }

    private void sha256() throws IOException {
        for (int i = 0; i < TIMES; i++) {
            sha256.update(bytes.clear());
            try {
                sha256.digest(digest, 0, digest.length);
            } catch (DigestException e) {
                throw new IOException(e);
            }
            sum += digest[0];
        }
        bytes.putLong(0, sum);
    }
}
