package io.melin.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.melin.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DiskImageTest {
    private static final Path DIRECTORY = Path.of("/simulated");
    private static final Path FILE = DIRECTORY.resolve("file");

    private final SimulatedDisk disk = new SimulatedDisk(1);
    private final DiskImage image = disk.image().put(FILE, new byte[] {1, 2, 3, 4});

    @Test
    void isEqualByBytesAndSaysWhereNot() {
        DiskImage other = disk.image().put(FILE, new byte[] {1, 2, 0, 4});

        assertThat(image).isEqualTo(disk.image().put(FILE, new byte[] {1, 2, 3, 4}));
        assertThat(image).isNotEqualTo(other);
        assertThat(image.differences(other))
                .containsExactly("bytes differ: file=/simulated/file, offset=2, sizes=4/4");
        assertThat(image.differences(image.truncate(FILE, 3)))
                .containsExactly("bytes differ: file=/simulated/file, offset=3, sizes=4/3");
        assertThat(image.differences(image.remove(FILE)))
                .containsExactly("only in one: file=/simulated/file");
    }

    @Test
    void changesACopyAndNeverItself() {
        assertThat(image.flipBit(FILE, 1, 7).bytes(FILE)).containsExactly(1, 0x82, 3, 4);
        assertThat(image.truncate(FILE, 2).bytes(FILE)).containsExactly(1, 2);
        assertThat(image.zero(FILE, 1, 3).bytes(FILE)).containsExactly(1, 0, 0, 4);
        assertThat(image.write(FILE, 2, new byte[] {9}).bytes(FILE)).containsExactly(1, 2, 9, 4);

        assertThat(image.bytes(FILE)).containsExactly(1, 2, 3, 4);
    }

    @Test
    void refusesDamageOutsideTheFile() {
        assertThatIllegalArgumentException().isThrownBy(() -> image.flipBit(FILE, 4, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> image.flipBit(FILE, 0, 8));
        assertThatIllegalArgumentException().isThrownBy(() -> image.truncate(FILE, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> image.zero(FILE, 3, 5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> image.bytes(DIRECTORY.resolve("other")));
    }

    @Test
    void restoresAnyNumberOfTimesToTheSameBytes() throws IOException {
        for (int round = 0; round < 3; round++) {
            disk.restore(image);
            try (StorageFile file = disk.open(DIRECTORY).openWrite("file")) {
                file.writeFully(ByteBuffer.wrap(new byte[] {7, 7, 7}), 2);
                file.force();
            }
            assertThat(disk.durableImage().bytes(FILE)).containsExactly(1, 2, 7, 7, 7);
        }

        disk.restore(image);
        assertThat(disk.image()).isEqualTo(image).isEqualTo(disk.durableImage());
    }
}
