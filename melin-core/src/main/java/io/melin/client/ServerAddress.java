package io.melin.client;

import org.jspecify.annotations.Nullable;

/**
 * Where a gateway listens.
 *
 * @param host a name or an address; an IPv6 address without brackets
 * @param port 1 to 65,535
 */
public record ServerAddress(String host, int port) {
    private static final int PORT_MAX = 65_535;

    public ServerAddress {
        if (host.isBlank()) {
            throw new IllegalArgumentException("host must not be blank");
        }
        if (port < 1 || port > PORT_MAX) {
            throw new IllegalArgumentException("port must be 1 to 65,535: port=" + port);
        }
    }

    /**
     * The address of {@code host:port} or {@code [v6]:port}.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static ServerAddress parse(String text) {
        ServerAddress address = read(text);
        if (address == null) {
            throw new IllegalArgumentException("an address is host:port: text=" + text);
        }
        return address;
    }

    /** As {@link #parse}; null for any other text. */
    static @Nullable ServerAddress read(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            return null;
        }
        int port = port(text.substring(colon + 1));
        boolean isHost = !host.isEmpty() && host.chars().allMatch(c -> c > ' ' && c != '/');
        return isHost && port >= 1 && port <= PORT_MAX ? new ServerAddress(host, port) : null;
    }

    private static int port(String text) {
        boolean isNumber =
                !text.isEmpty()
                        && text.length() <= 5
                        && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Integer.parseInt(text) : 0;
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
