package io.melin.bench.echo;

import io.melin.bench.client.FloorDialect;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/** Answers each request of {@link FloorDialect}; what one read brought leaves in one write. */
final class Answerer extends ByteToMessageDecoder {
    private ByteBuf answers = Unpooled.EMPTY_BUFFER;

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        while (in.readableBytes() >= Integer.BYTES) {
            int bytes = Integer.BYTES + in.getIntLE(in.readerIndex());
            if (in.readableBytes() < bytes) {
                return;
            }
            if (!answers.isReadable()) {
                answers = context.alloc().ioBuffer();
            }
            answers.writeLongLE(in.getLongLE(in.readerIndex() + Integer.BYTES));
            answers.writeZero(FloorDialect.ANSWER_BYTES - Long.BYTES);
            in.skipBytes(bytes);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        if (answers.isReadable()) {
            context.writeAndFlush(answers, context.voidPromise());
            answers = Unpooled.EMPTY_BUFFER;
        }
        super.channelReadComplete(context);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        answers.release();
    }
}
