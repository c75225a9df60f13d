package io.melin.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.app.Refusal;
import io.melin.pipeline.Admission;
import io.melin.storage.StorageDirectory;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SpaceFloorTest {
    private static final long SILENT = -1;

    private final Admission admission = new Admission();
    private final SpaceMeters meters = new SpaceMeters();
    private final SpaceFloor floor = new SpaceFloor(directory(), 1_000, admission, meters);
    private long freeBytes;

    /** F1 of {@link SpaceFloor}, at its edges. */
    @Test
    void refusesBelowTheFloorUntilThereIsAQuarterMore() {
        admission.open();
        look(1_000);
        assertThat(admission.writeRefusal()).isNull();
        look(999);
        assertThat(admission.writeRefusal()).isEqualTo(Refusal.NO_SPACE);
        assertThat(admission.readRefusal()).isNull();
        look(1_249);
        assertThat(admission.writeRefusal()).isEqualTo(Refusal.NO_SPACE);
        assertThat(meters.isLow()).isTrue();
        assertThat(meters.freeBytes()).isEqualTo(1_249);
        look(1_250);
        assertThat(admission.writeRefusal()).isNull();
        assertThat(meters.isLow()).isFalse();
    }

    /** F2 of {@link SpaceFloor}. */
    @Test
    void changesNothingWhileTheVolumeDoesNotTell() {
        admission.open();
        look(999);
        look(SILENT);
        assertThat(admission.writeRefusal()).isEqualTo(Refusal.NO_SPACE);
        look(2_000);
        look(SILENT);
        assertThat(admission.writeRefusal()).isNull();
        assertThat(meters.freeBytes()).isEqualTo(2_000);
    }

    /** Space that is back opens nothing that was closed for another reason. */
    @Test
    void leavesADrainAsItIs() {
        admission.close(Refusal.DRAINING);
        look(999);
        assertThat(admission.writeRefusal()).isEqualTo(Refusal.DRAINING);
        look(2_000);
        assertThat(admission.writeRefusal()).isEqualTo(Refusal.DRAINING);
        assertThat(admission.readRefusal()).isEqualTo(Refusal.DRAINING);
    }

    private void look(long bytes) {
        freeBytes = bytes;
        floor.check();
    }

    private StorageDirectory directory() {
        return (StorageDirectory)
                Objects.requireNonNull(
                        Proxy.newProxyInstance(
                                getClass().getClassLoader(),
                                new Class<?>[] {StorageDirectory.class},
                                (proxy, method, arguments) ->
                                        switch (method.getName()) {
                                            case "path" -> "volume";
                                            case "freeBytes" -> free();
                                            default -> throw new AssertionError(method);
                                        }));
    }

    private long free() throws IOException {
        if (freeBytes == SILENT) {
            throw new IOException("no answer");
        }
        return freeBytes;
    }
}
