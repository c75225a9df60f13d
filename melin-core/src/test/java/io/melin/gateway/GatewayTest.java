package io.melin.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.stage.Layout;
import io.melin.wire.Code;
import io.melin.wire.Tag;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GatewayTest {

    @TempDir Path directory;

    @ParameterizedTest
    @EnumSource(
            value = Layout.class,
            names = {"SHARED", "COMPACT"})
    void answersInOrderOverASocket(Layout layout) throws Exception {
        try (GatewayNode node = GatewayNode.start(GatewayNode.config(directory, layout));
                RawClient client = RawClient.ready(node.address(), 7)) {
            ByteBuffer frames = RawClient.buffer(1 << 16);
            for (long i = 1; i <= 500; i++) {
                frames.put(RawClient.event(i, i).flip());
            }
            client.send(frames);

            long total = 0;
            for (long i = 1; i <= 500; i++) {
                RawClient.Answer answer = client.answer();
                total += i;
                assertThat(answer.request()).isEqualTo(i);
                assertThat(answer.isEnd()).isTrue();
                assertThat(answer.reports()).containsExactly(total);
            }
        }
    }

    @Test
    void repeatsTheFirstOutcomeOverARestart() throws Exception {
        try (GatewayNode node = GatewayNode.start(GatewayNode.config(directory, Layout.COMPACT))) {
            try (RawClient client = RawClient.ready(node.address(), 7)) {
                client.send(RawClient.event(1, 5));
                assertThat(client.answer().reports()).containsExactly(5L);
            }
            node.node.stop(java.time.Duration.ofSeconds(10));
            node.node.start();
            try (RawClient client = RawClient.ready(node.address(), 7)) {
                client.send(RawClient.event(1, 5));
                RawClient.Answer again = client.answer();
                assertThat(again.isDuplicate()).isTrue();
                assertThat(again.reports()).containsExactly(5L);

                client.send(RawClient.request(2, Tag.QUERY_HIGHEST_REQUEST, new byte[0]));
                assertThat(client.answer().reports()).containsExactly(1L);

                client.send(RawClient.event(1, 6));
                assertThat(client.answer().code()).isEqualTo(Code.ID_CONFLICT);
            }
        }
    }

    @Test
    void aRefusalKeepsItsPlaceInTheOrder() throws Exception {
        try (GatewayNode node = GatewayNode.start(GatewayNode.config(directory, Layout.SHARED));
                RawClient client = RawClient.ready(node.address(), 7)) {
            ByteBuffer frames = RawClient.buffer(1 << 16);
            for (long i = 1; i <= 300; i++) {
                frames.put(
                        i % 3 == 0
                                ? RawClient.request(i, Tag.EVENT, new byte[3]).flip()
                                : RawClient.event(i, 1).flip());
            }
            client.send(frames);

            for (long i = 1; i <= 300; i++) {
                RawClient.Answer answer = client.answer();
                assertThat(answer.request()).isEqualTo(i);
                assertThat(answer.isEnd()).isEqualTo(i % 3 != 0);
                if (i % 3 == 0) {
                    assertThat(answer.code()).isEqualTo(Code.MALFORMED);
                }
            }
        }
    }
}
