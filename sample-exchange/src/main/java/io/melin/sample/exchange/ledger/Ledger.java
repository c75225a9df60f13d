package io.melin.sample.exchange.ledger;

import io.melin.integrity.Invariant;
import io.melin.sample.exchange.domain.Amounts;
import io.melin.sample.exchange.table.HashIndex;
import io.melin.sample.exchange.table.Mix;
import io.melin.sample.exchange.table.PairTable;
import io.melin.sample.exchange.table.Slab;
import io.melin.sample.exchange.table.StateDigest;
import java.util.Arrays;

/**
 * Every account's balances: what is available, and what its resting orders hold in reserve.
 *
 * <p>L1: neither part is negative, and their sum is at most {@link Amounts#MAX}. L2: a balance of
 * nothing has no row. L3: a currency's balances add up to its deposits less its withdrawals.
 *
 * <p>Threading: one thread. Accounts and currencies are indices of {@link #accounts()} and {@link
 * #currencies()}.
 */
public final class Ledger {
    private static final int AVAILABLE = 0;
    private static final int RESERVED = 1;
    private static final int OWNER = 2;

    /** What the digest counts for this row. */
    private static final int FACT = 3;

    private static final int FIELDS = 4;
    private static final long ACCOUNT_FACT = 0x41;
    private static final long BALANCE_FACT = 0x42;
    private static final long CURRENCY_FACT = 0x45;

    private final Accounts accounts = new Accounts();
    private final Currencies currencies = new Currencies();
    private final HashIndex rows = new HashIndex(4096);
    private final Slab balances = new Slab(FIELDS, 4096);
    private final StateDigest digest;

    public Ledger(StateDigest digest) {
        this.digest = digest;
    }

    public Accounts accounts() {
        return accounts;
    }

    public Currencies currencies() {
        return currencies;
    }

    /** Adds an account without rows. */
    public int open(long accountId) {
        digest.add(Mix.of(ACCOUNT_FACT, accountId));
        return accounts.add(accountId);
    }

    /** The index of a currency, which becomes known if it is not. */
    public int currency(long high, long low) {
        int known = currencies.find(high, low);
        if (known != PairTable.ABSENT) {
            return known;
        }
        digest.add(Mix.of(Mix.of(CURRENCY_FACT, high), low));
        return currencies.add(high, low);
    }

    public long available(int account, int currency) {
        int row = row(account, currency);
        return row == Slab.NONE ? 0 : balances.get(row, AVAILABLE);
    }

    public long reserved(int account, int currency) {
        int row = row(account, currency);
        return row == Slab.NONE ? 0 : balances.get(row, RESERVED);
    }

    /** Available and reserved together. */
    public long total(int account, int currency) {
        int row = row(account, currency);
        return row == Slab.NONE ? 0 : balances.get(row, AVAILABLE) + balances.get(row, RESERVED);
    }

    /** Money comes in from outside. */
    public void deposit(int account, int currency, long amount) {
        currencies.changeSupply(currency, amount);
        change(account, currency, amount, 0);
    }

    /** Money leaves for outside. */
    public void withdraw(int account, int currency, long amount) {
        currencies.changeSupply(currency, -amount);
        change(account, currency, -amount, 0);
    }

    public void reserve(int account, int currency, long amount) {
        change(account, currency, -amount, amount);
    }

    public void release(int account, int currency, long amount) {
        change(account, currency, amount, -amount);
    }

    /** The other side of a trade pays; debit before credit, so that L1 holds in between. */
    public void credit(int account, int currency, long amount) {
        change(account, currency, amount, 0);
    }

    public void debitAvailable(int account, int currency, long amount) {
        change(account, currency, -amount, 0);
    }

    public void debitReserved(int account, int currency, long amount) {
        change(account, currency, 0, -amount);
    }

    /** Puts a row of a snapshot back. */
    public void restore(int account, int currency, long available, long reserved) {
        currencies.changeSupply(currency, available);
        currencies.changeSupply(currency, reserved);
        change(account, currency, available, reserved);
    }

    /** Every row as {@code account << 32 | currency}, ascending. Allocates; for snapshots. */
    public long[] sortedRows() {
        long[] owners = new long[rows.count()];
        int next = 0;
        for (int row : rows.values()) {
            owners[next++] = balances.get(row, OWNER);
        }
        Arrays.sort(owners);
        return owners;
    }

    /** The row of a balance, or {@link Slab#NONE}. */
    private int row(int account, int currency) {
        long hash = HashIndex.hash(account, currency);
        int place = rows.first(hash);
        while (place != HashIndex.NONE) {
            int row = rows.value(place);
            if (balances.get(row, OWNER) == owner(account, currency)) {
                return row;
            }
            place = rows.next(place, hash);
        }
        return Slab.NONE;
    }

    private static long owner(int account, int currency) {
        return (long) account << Integer.SIZE | currency;
    }

    private void change(int account, int currency, long availableChange, long reservedChange) {
        if (availableChange == 0 && reservedChange == 0) {
            return;
        }
        int row = row(account, currency);
        if (row == Slab.NONE) {
            row = balances.allocate();
            balances.set(row, OWNER, owner(account, currency));
            rows.add(HashIndex.hash(account, currency), row);
        } else {
            digest.remove(balances.get(row, FACT));
        }
        long available = balances.get(row, AVAILABLE) + availableChange;
        long reserved = balances.get(row, RESERVED) + reservedChange;
        Invariant.check(available >= 0 && reserved >= 0, "L1: a balance below zero");
        Invariant.check(Amounts.isSumInRange(available, reserved), "L1: a balance out of range");
        if (available == 0 && reserved == 0) {
            balances.free(row);
            rows.remove(HashIndex.hash(account, currency), row);
        } else {
            balances.set(row, AVAILABLE, available);
            balances.set(row, RESERVED, reserved);
            long fact = fact(owner(account, currency), available, reserved);
            balances.set(row, FACT, fact);
            digest.add(fact);
        }
    }

    private static long fact(long owner, long available, long reserved) {
        return Mix.of(Mix.of(BALANCE_FACT, owner), Mix.of(available, reserved));
    }
}
