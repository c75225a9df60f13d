package io.melin.gateway;

import io.melin.wire.Code;
import java.nio.ByteBuffer;

/** Receives new connections: each gets a session, or is told to come back. Threading: ingress. */
final class Greeter implements Transport.Listener {
    private static final Session.Refused TOO_MANY = new Session.Refused(0, Code.CONNECTIONS, "");

    /** Hears nothing. */
    private static final Transport.Receiver DEAF =
            new Transport.Receiver() {
                @Override
                public void received(ByteBuffer bytes) {
                    bytes.position(bytes.limit());
                }

                @Override
                public void closed() {}
            };

    record Ports(
            Sessions sessions,
            Login login,
            Controls controls,
            Upkeep upkeep,
            BackgroundStage background,
            GatewayMeters meters) {}

    private final int connectionsMax;
    private final Ports ports;

    Greeter(int connectionsMax, Ports ports) {
        this.connectionsMax = connectionsMax;
        this.ports = ports;
    }

    BackgroundStage background() {
        return ports.background();
    }

    @Override
    public Transport.Receiver accepted(Connection connection) {
        ports.meters().countAccepted();
        Session session =
                ports.sessions().open() >= connectionsMax
                        ? null
                        : ports.sessions().add(connection, Login.BODY_BYTES_MAX);
        if (session == null) {
            ports.meters().dropped(Drop.CONNECTIONS);
            ports.controls().refused(connection, TOO_MANY);
            connection.finish();
            ports.upkeep().shed(connection);
            return DEAF;
        }
        ports.login().greet(session);
        return session;
    }
}
