package io.melin.bench.ratis;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;

/** Adds the number of each message, and answers with the total. Kept in memory only. */
final class RatisCounter extends BaseStateMachine {
    private long total;

    @Override
    public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
        LogEntryProto entry = transaction.getLogEntry();
        total +=
                numberOf(transaction.getStateMachineLogEntry().getLogData().asReadOnlyByteBuffer());
        updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
        return CompletableFuture.completedFuture(message(total, Long.BYTES));
    }

    /** A number, and zeros up to so many bytes. */
    static Message message(long number, int bytes) {
        return Message.valueOf(ByteBuffer.allocate(bytes).putLong(0, number));
    }

    static long numberOf(ByteBuffer message) {
        return message.getLong(message.position());
    }
}
