package io.melin.sample.exchange.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A volume without room, and one that nobody may write to: the jar says so and ends. */
@Timeout(240)
class BadDirectoryIT {
    private static final Duration END = Duration.ofSeconds(90);

    @TempDir Path directory;

    private Path volume = Path.of("");

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        volume = Files.createDirectory(directory.resolve("volume"));
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", volume.toString());
        assumeTrue(mounted, "SKIPPED: needs the right to mount a tmpfs");
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        run("umount", volume.toString());
    }

    @Test
    void refusesAFullVolume() throws Exception {
        ExchangeProcess process =
                ExchangeProcess.launch(List.of(), volume.resolve("journal")); // wants 4 MiB

        assertThat(process.exitCode(END)).isNotZero();
        assertThat(process.log())
                .contains("APPLICATION FAILED TO START", "No space left on device", "has room");
    }

    @Test
    void refusesAVolumeThatIsReadOnly() throws Exception {
        assertThat(run("mount", "-o", "remount,ro", volume.toString())).isTrue();
        ExchangeProcess process = ExchangeProcess.launch(List.of(), volume.resolve("journal"));

        assertThat(process.exitCode(END)).isNotZero();
        assertThat(process.log())
                .contains("APPLICATION FAILED TO START", "Read-only file system", "may write");
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }
}
