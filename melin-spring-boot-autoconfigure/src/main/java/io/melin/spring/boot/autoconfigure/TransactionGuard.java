package io.melin.spring.boot.autoconfigure;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Finds submits inside a transaction: a rollback takes back the rows and leaves the event.
 *
 * <p>Walking the stack costs microseconds, so it is done only inside a transaction, and no more
 * once {@value #SITES_MAX} places have been named.
 */
final class TransactionGuard implements SubmitGuard {
    static final int SITES_MAX = 64;

    private static final Log LOG = LogFactory.getLog(TransactionGuard.class);
    private static final StackWalker STACK = StackWalker.getInstance();

    private final BooleanSupplier inTransaction;
    private final boolean rejects;
    private final Set<String> named = ConcurrentHashMap.newKeySet();

    TransactionGuard(BooleanSupplier inTransaction, boolean rejects) {
        this.inTransaction = inTransaction;
        this.rejects = rejects;
    }

    @Override
    public void check() {
        if (!inTransaction.getAsBoolean()) {
            return;
        }
        if (rejects) {
            throw new IllegalStateException(
                    "submit inside a transaction: caller="
                            + callSite()
                            + "; a rollback would not take the event back. Submit after the commit,"
                            + " or set melin.template.in-transaction to warn or allow.");
        }
        if (named.size() >= SITES_MAX) {
            return;
        }
        String site = callSite();
        if (named.add(site)) {
            LOG.warn(
                    "submit inside a transaction: caller="
                            + site
                            + "; a rollback will not take the event back. Submit after the commit,"
                            + " or set melin.template.in-transaction=allow. Said once for this"
                            + " place.");
        }
    }

    private static String callSite() {
        return STACK.walk(frames ->
                frames.filter(frame -> !isOurs(frame.getClassName()))
                        .findFirst()
                        .map(StackWalker.StackFrame::toString)
                        .orElse("unknown"));
    }

    private static boolean isOurs(String className) {
        return className.equals(TransactionGuard.class.getName())
                || className.equals(MelinTemplate.class.getName());
    }
}
