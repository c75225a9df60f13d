package io.melin.sample.exchange.gateway;

import io.melin.app.Application;
import io.melin.app.QueryContext;
import io.melin.gateway.FrameSink;
import io.melin.gateway.GatewayQuery;
import io.melin.gateway.Protocol;
import io.melin.gateway.RequestSink;
import io.melin.sample.exchange.gateway.RequestLayout.QueryPosition;
import io.melin.sample.exchange.gateway.ResponseLayout.Stats;
import io.melin.sample.exchange.wire.EventKind;
import io.melin.wire.Role;
import java.nio.ByteBuffer;

/**
 * The exchange's requests and answers, see docs/exchange-protocol.md.
 *
 * <p>P1: any bytes give an answer and none throws. Neither direction allocates, but for queries.
 *
 * <p>Threading: one; {@link #fresh} gives each its own.
 */
public final class ExchangeProtocol implements Protocol {

    /** What is said of a number that is not known here. */
    static final long UNKNOWN = -1;

    private static final GatewayQuery STATS = ExchangeProtocol::stats;

    private final RequestReader requests = new RequestReader();
    private final ReportFrames reports = new ReportFrames();

    /** An unknown tag is for nobody to permit: whoever sends it learns that it is unknown. */
    @Override
    public boolean permits(Role role, byte tag) {
        if (role == Role.UNRESTRICTED || role == Role.REPLICATION) {
            return role == Role.UNRESTRICTED;
        }
        return switch (tag) {
            case ExchangeTag.SUBMIT, ExchangeTag.CANCEL, ExchangeTag.CANCEL_REPLACE ->
                    role == Role.TRADER;
            case ExchangeTag.ADD_INSTRUMENT -> role == Role.OPERATOR;
            case ExchangeTag.DEPOSIT, ExchangeTag.WITHDRAW -> role == Role.CUSTODIAN;
            case ExchangeTag.QUERY_STATS -> role == Role.OPERATOR || role == Role.READONLY;
            case ExchangeTag.QUERY_POSITION -> role == Role.TRADER || role == Role.READONLY;
            default -> true;
        };
    }

    @Override
    public Decoded decode(byte tag, ByteBuffer payload, RequestSink to) {
        EventKind kind = EventKind.of(tag);
        if (kind != null) {
            return requests.read(kind, payload, to);
        }
        return switch (tag) {
            case ExchangeTag.HEARTBEAT ->
                    payload.hasRemaining() ? Decoded.MALFORMED : Decoded.IGNORED;
            case ExchangeTag.QUERY_STATS ->
                    payload.hasRemaining() ? Decoded.MALFORMED : to.query(STATS);
            case ExchangeTag.QUERY_POSITION -> position(payload, to);
            default -> Decoded.UNKNOWN_TAG;
        };
    }

    @Override
    public void encode(ByteBuffer report, FrameSink to) {
        reports.write(report, to);
    }

    @Override
    public Protocol fresh() {
        return new ExchangeProtocol();
    }

    private static Decoded position(ByteBuffer payload, RequestSink to) {
        if (payload.remaining() != QueryPosition.END) {
            return Decoded.MALFORMED;
        }
        int account = payload.getInt(payload.position() + QueryPosition.ACCOUNT);
        return RequestReader.isAccount(account)
                ? to.query(new PositionQuery(account))
                : Decoded.MALFORMED;
    }

    private static void stats(Application<?, ?> application, QueryContext live, FrameSink to) {
        to.begin(ExchangeTag.STATS, Stats.END)
                .putLong(UNKNOWN)
                .putLong(live.appliedSequence())
                .putLong(live.durableSequence());
        to.end();
    }
}
