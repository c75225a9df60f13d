package io.melin.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.melin.stage.CpuLatencyRequest.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link CpuLatencyRequest} on a file in the device's place. */
class CpuLatencyRequestTest {
    @TempDir Path directory;

    @Test
    void wishesForZeroMicrosecondsUntilItIsClosed() throws IOException {
        Path device = Files.createFile(directory.resolve("device"));
        CpuLatencyRequest request = new CpuLatencyRequest(device);
        assertThat(request.state()).isEqualTo(State.NONE);

        assertThat(request.begin()).isEqualTo(State.GRANTED);
        assertThat(request.begin()).as("asked twice").isEqualTo(State.GRANTED);
        assertThat(request.state()).isEqualTo(State.GRANTED);
        assertThat(Files.readAllBytes(device)).as("32 bits, once").isEqualTo(new byte[4]);

        request.close();
        request.close();
        assertThat(request.state()).isEqualTo(State.NONE);
    }

    @Test
    void isRefusedWhereThereIsNoDevice() {
        CpuLatencyRequest request = new CpuLatencyRequest(directory.resolve("none"));

        assertThat(request.begin()).isEqualTo(State.REFUSED);
        assertThat(request.state()).isEqualTo(State.REFUSED);
        assertThat(directory.resolve("none")).as("nothing is made up").doesNotExist();
        request.close();
    }

    @Test
    void isRefusedWhereTheDeviceTakesNoWrite() {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full), "SKIPPED: no device here refuses every write");
        CpuLatencyRequest request = new CpuLatencyRequest(full);

        assertThat(request.begin()).isEqualTo(State.REFUSED);
        assertThat(request.begin()).as("asked again").isEqualTo(State.REFUSED);
    }

    @Test
    void canBeAskedForAgain() throws IOException {
        Path device = Files.createFile(directory.resolve("device"));
        CpuLatencyRequest request = new CpuLatencyRequest(device);
        request.begin();
        request.close();

        assertThat(request.begin()).isEqualTo(State.GRANTED);
        request.close();
    }
}
