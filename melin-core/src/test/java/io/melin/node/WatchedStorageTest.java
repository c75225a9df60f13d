package io.melin.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.melin.storage.StorageDirectory;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchedStorageTest {
    private final List<String> calls = new ArrayList<>();
    private final StorageDirectory directory =
            (StorageDirectory)
                    Proxy.newProxyInstance(
                            StorageDirectory.class.getClassLoader(),
                            new Class<?>[] {StorageDirectory.class},
                            (proxy, method, arguments) -> {
                                calls.add(method.getName() + Arrays.toString(arguments));
                                return null;
                            });
    private final WatchedStorage watched = new WatchedStorage(path -> directory);

    /** A default of the interface, which does nothing, must not take its place. */
    @Test
    void whatMayBeForgottenReachesTheDirectory() throws IOException {
        watched.open(Path.of("journal")).cached("archive");

        assertThat(calls).containsExactly("cached[archive]");
        assertThat(watched.isBusy()).isFalse();
    }

    @Test
    void whoeverComesBackLateChangesNothing() throws IOException {
        StorageDirectory opened = watched.open(Path.of("journal"));
        long before = watched.ended();
        opened.sync();
        assertThat(watched.ended()).isEqualTo(before + 1);

        watched.refuse(new IllegalStateException("failed"));

        assertThatThrownBy(() -> opened.delete("archive"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("left alone")
                .hasRootCauseMessage("failed");
        opened.close();
        assertThat(calls).containsExactly("syncnull", "closenull");
    }
}
