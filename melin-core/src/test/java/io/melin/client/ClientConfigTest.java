package io.melin.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.melin.testing.CounterApplication;
import io.melin.wire.Ed25519;
import io.melin.wire.Tag;
import io.melin.wire.Transcript;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a configuration accepts, and what an address is. */
class ClientConfigTest {

    @Test
    void addressesAreReadStrictly() {
        for (String good : new String[] {"localhost:7300", "127.0.0.1:1", "[::1]:65535"}) {
            assertThat(ServerAddress.parse(good)).hasToString(good);
        }
        assertThat(ServerAddress.parse("[::1]:7300").host()).isEqualTo("::1");
        for (String bad :
                new String[] {
                    "",
                    ":",
                    "a",
                    "a:",
                    ":1",
                    "a:0",
                    "a:65536",
                    "a:-1",
                    "a:1x",
                    "a b:1",
                    "::1:1",
                    "a:99999999999",
                    "a://b:1",
                    "a:1 ",
                    "[]:1",
                    "a/b:1"
                }) {
            assertThat(ServerAddress.read(bad)).as(bad).isNull();
            assertThatIllegalArgumentException().isThrownBy(() -> ServerAddress.parse(bad));
        }
    }

    @Test
    void nonsenseIsRefusedAtBirth() {
        assertThatIllegalArgumentException().isThrownBy(ClientConfig::of);
        assertThatIllegalArgumentException().isThrownBy(() -> new ServerAddress(" ", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ServerAddress("a", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> ClientIdentity.of(0));
        for (int window : new int[] {-1, 0, 1_025}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ClientLimits.DEFAULT.withWindow(window));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new ClientLimits(1, 100, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ClientLimits(1, 4_096, -1));
        for (Duration bad : new Duration[] {Duration.ZERO, Duration.ofMillis(-1)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ClientTimeouts.DEFAULT.withRequest(bad));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ReconnectConfig(bad, Duration.ofSeconds(1)));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new ReconnectConfig(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }

    @Test
    void aKeyIsTheClientThatTheGatewaySeesAndNeverPrinted() {
        Ed25519.SigningKey key = Ed25519.SigningKey.generate();
        ClientIdentity identity = ClientIdentity.of(key, 2);

        assertThat(identity.client()).isEqualTo(Transcript.client(key.publicKey(), 2));
        assertThat(identity.toString()).doesNotContain(key.toText()).contains("lane=2");
    }

    @Test
    void theDefaultProtocolTakesReportsOnly() {
        CodecProtocol<Long, Long> protocol =
                new CodecProtocol<>(CounterApplication.CODEC, CounterApplication.CODEC);

        assertThat(protocol.tag(1L)).isEqualTo(Tag.EVENT);
        assertThat(protocol.decode(Tag.REPORT, ByteBuffer.allocate(8).putLong(0, 5))).isEqualTo(5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> protocol.decode(Tag.REPORT, ByteBuffer.allocate(7)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> protocol.decode((byte) 0x31, ByteBuffer.allocate(8)));
    }
}
