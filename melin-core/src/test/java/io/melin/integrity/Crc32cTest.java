package io.melin.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Crc32cTest {
    private static final byte[] CHECK = "xx123456789yy".getBytes(StandardCharsets.US_ASCII);

    @Test
    void isCastagnolisOnBothKindsOfBuffer() {
        ByteBuffer direct = ByteBuffer.allocateDirect(CHECK.length).put(0, CHECK);

        assertThat(new Crc32c().of(ByteBuffer.wrap(CHECK), 2, 11)).isEqualTo(0xE3069283);
        assertThat(new Crc32c().of(direct, 2, 11)).isEqualTo(0xE3069283);
    }

    @Test
    void leavesTheBufferAndStartsAfresh() {
        Crc32c crc = new Crc32c();
        ByteBuffer buffer = ByteBuffer.wrap(CHECK).limit(12).position(4);

        int first = crc.of(buffer, 2, 11);

        assertThat(crc.of(buffer, 2, 11)).isEqualTo(first);
        assertThat(buffer.position()).isEqualTo(4);
        assertThat(buffer.limit()).isEqualTo(12);
    }
}
