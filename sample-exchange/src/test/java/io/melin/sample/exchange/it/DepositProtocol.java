package io.melin.sample.exchange.it;

import io.melin.client.ClientProtocol;
import io.melin.sample.exchange.gateway.ExchangeTag;
import java.nio.ByteBuffer;

/** Deposits over the gateway: a typed client's side of the exchange's protocol. */
final class DepositProtocol implements ClientProtocol<DepositProtocol.Deposit, Byte> {
    private static final int BYTES = 2 * Integer.BYTES + Long.BYTES;

    /** Adds {@code amount} of a currency to an account. */
    record Deposit(int account, int currency, long amount) {}

    @Override
    public byte tag(Deposit request) {
        return ExchangeTag.DEPOSIT;
    }

    @Override
    public int size(Deposit request) {
        return BYTES;
    }

    @Override
    public void encode(Deposit request, ByteBuffer out) {
        out.putInt(request.account()).putInt(request.currency()).putLong(request.amount());
    }

    @Override
    public Byte decode(byte tag, ByteBuffer payload) {
        payload.position(payload.limit());
        return tag;
    }
}
