package io.melin.gateway;

import io.melin.wire.Ed25519;
import io.melin.wire.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who may connect, from a file: {@code role base64-of-the-public-key comment} a line, {@code #} for
 * comments, the last line of a key wins.
 *
 * <p>Threading: {@link #role} and {@link #generation} by any thread, {@link #reload} by one. A file
 * that cannot be read or parsed while the node runs changes nothing, and is reported.
 */
public final class AuthorizedKeys {
    private static final System.Logger LOG = System.getLogger(AuthorizedKeys.class.getName());
    private static final int FIELDS = 3;

    private final Path file;
    private volatile Keys keys;
    private @Nullable Stamp tried;

    private record Keys(Map<String, Role> roles, int generation) {}

    /** Tells one content of the file from the next, as far as a file system does. */
    private record Stamp(long modifiedNs, long bytes, @Nullable Object file) {}

    /**
     * @throws KeyFileException if the file cannot be read, or a line is no key
     */
    public AuthorizedKeys(Path file) {
        this.file = file;
        try {
            this.tried = stamp();
            this.keys = new Keys(parse(Files.readAllLines(file)), 1);
        } catch (IOException e) {
            throw new KeyFileException(file, "it cannot be read: " + e, e);
        }
    }

    /** The role of a raw public key, or null. */
    public @Nullable Role role(byte[] publicKey) {
        return keys.roles.get(HexFormat.of().formatHex(publicKey));
    }

    /** Grows whenever the keys changed. */
    public int generation() {
        return keys.generation;
    }

    /** Reads the file again if it changed since the last look. */
    public void reload() {
        Stamp before = tried;
        try {
            Stamp now = stamp();
            if (Objects.equals(before, now)) {
                return;
            }
            tried = now;
            Map<String, Role> roles = parse(Files.readAllLines(file));
            keys = new Keys(roles, keys.generation + 1);
            LOG.log(
                    System.Logger.Level.INFO,
                    "keys reloaded: file={0}, keys={1}",
                    file,
                    roles.size());
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            if (before != null || !(e instanceof IOException)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the key file is ignored, the earlier keys stay: " + e.getMessage());
            }
            if (e instanceof IOException) {
                tried = null;
            }
        }
    }

    private Stamp stamp() throws IOException {
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(
                found.lastModifiedTime().to(java.util.concurrent.TimeUnit.NANOSECONDS),
                found.size(),
                found.fileKey());
    }

    private Map<String, Role> parse(List<String> lines) {
        Map<String, Role> roles = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#") && !add(line, roles)) {
                wrong.add("line " + (i + 1));
            }
        }
        if (!wrong.isEmpty()) {
            throw new KeyFileException(
                    file,
                    String.join(", ", wrong)
                            + ": no key; a line is: role base64-of-32-bytes comment, with a role of"
                            + " operator, trader, custodian, readonly, replication",
                    null);
        }
        return Map.copyOf(roles);
    }

    private static boolean add(String line, Map<String, Role> roles) {
        String[] fields = line.split("\\s+", FIELDS);
        Role role = fields.length < 2 ? null : Role.named(fields[0]);
        if (role == null) {
            return false;
        }
        try {
            byte[] key = Base64.getDecoder().decode(fields[1]);
            if (key.length != Ed25519.KEY_BYTES) {
                return false;
            }
            roles.put(HexFormat.of().formatHex(key), role);
            return true;
        } catch (IllegalArgumentException e) {
            return false; // no Base64; the caller names the line
        }
    }
}
