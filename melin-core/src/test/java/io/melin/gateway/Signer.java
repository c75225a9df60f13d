package io.melin.gateway;

import io.melin.wire.ChallengeFrame;
import io.melin.wire.ChallengeResponseFrame;
import io.melin.wire.Ed25519;
import io.melin.wire.Role;
import io.melin.wire.Transcript;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.Locale;

/** A client's key, and how it answers a challenge. */
final class Signer {
    final Ed25519.SigningKey key = Ed25519.SigningKey.generate();

    /** Its line in a file of keys. */
    String line(Role role) {
        return role.name().toLowerCase(Locale.ROOT)
                + " "
                + Base64.getEncoder().encodeToString(key.publicKey())
                + " test";
    }

    /** A file that names keys and nobody else. */
    static Path file(Path directory, String... lines) throws IOException {
        Path file = directory.resolve("authorized_keys");
        Path next = directory.resolve("authorized_keys.next");
        Files.writeString(next, String.join("\n", lines) + "\n");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return file;
    }

    ChallengeResponseFrame response(ChallengeFrame challenge) {
        return response(challenge, 0);
    }

    ChallengeResponseFrame response(ChallengeFrame challenge, int lane) {
        byte[] nonce = new byte[Transcript.NONCE_BYTES];
        byte[] message = Transcript.of(challenge, nonce, key.publicKey(), lane);
        return new ChallengeResponseFrame(
                key.sign(message), key.publicKey(), nonce, Transcript.VERSION, lane);
    }

    /** The right answer. */
    ByteBuffer answer(ChallengeFrame challenge) {
        return frame(response(challenge));
    }

    static ByteBuffer frame(ChallengeResponseFrame response) {
        ByteBuffer frame = RawClient.buffer(ChallengeResponseFrame.FRAME_BYTES);
        response.write(frame);
        return frame;
    }
}
