package io.melin.wire;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a key is for. Which requests a role may make is for the application's protocol to say. */
public enum Role {
    /** Authentication is off: everything is allowed. */
    UNRESTRICTED(0),
    OPERATOR(1),
    TRADER(2),
    CUSTODIAN(3),
    /** Queries only. */
    READONLY(4),
    /** For nodes; no client's requests. */
    REPLICATION(5);

    private final byte number;

    Role(int number) {
        this.number = (byte) number;
    }

    /** The byte on the wire. */
    public byte number() {
        return number;
    }

    /** The role of a byte, or null. */
    public static @Nullable Role of(byte number) {
        for (Role role : values()) {
            if (role.number == number) {
                return role;
            }
        }
        return null;
    }

    /** The role of a word in a key file, in lower case, or null. A key cannot be unrestricted. */
    public static @Nullable Role named(String word) {
        for (Role role : values()) {
            if (role != UNRESTRICTED && role.name().toLowerCase(Locale.ROOT).equals(word)) {
                return role;
            }
        }
        return null;
    }
}
