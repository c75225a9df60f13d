package io.melin.sample.exchange.gateway;

import io.melin.app.Application;
import io.melin.app.QueryContext;
import io.melin.gateway.FrameSink;
import io.melin.gateway.GatewayQuery;
import io.melin.sample.exchange.domain.Name;
import io.melin.sample.exchange.domain.NumericName;
import io.melin.sample.exchange.domain.RejectReason;
import io.melin.sample.exchange.engine.AccountView;
import io.melin.sample.exchange.engine.ExchangeApplication;
import io.melin.sample.exchange.gateway.ResponseLayout.Balance;
import io.melin.sample.exchange.gateway.ResponseLayout.Position;
import io.melin.sample.exchange.gateway.ResponseLayout.Rejected;
import java.nio.ByteBuffer;
import java.util.List;

/** An account's balances; more than one frame holds come in several. */
record PositionQuery(int account) implements GatewayQuery {
    static final int BALANCES_MAX = 255;

    @Override
    public void answer(Application<?, ?> application, QueryContext live, FrameSink to) {
        AccountView view =
                ((ExchangeApplication) application).account(Integer.toUnsignedLong(account));
        if (view == null) {
            to.begin(ExchangeTag.REJECTED, Rejected.END)
                    .putLong(0)
                    .putInt(NumericName.NONE)
                    .putInt(account)
                    .put(RejectReason.UNKNOWN_ACCOUNT.code());
            to.end();
            return;
        }
        List<AccountView.Balance> rest = view.balances();
        do {
            int count = Math.min(rest.size(), BALANCES_MAX);
            write(rest.subList(0, count), to);
            rest = rest.subList(count, rest.size());
        } while (!rest.isEmpty());
    }

    private void write(List<AccountView.Balance> balances, FrameSink to) {
        int count = balances.size();
        ByteBuffer out = to.begin(ExchangeTag.POSITION, Position.END + count * Balance.END);
        out.putInt(account).put((byte) count);
        for (AccountView.Balance balance : balances) {
            Name currency = balance.currency();
            out.putInt(NumericName.id(currency.high(), currency.low()))
                    .putLong(balance.available())
                    .putLong(balance.reserved());
        }
        to.end();
    }
}
