package io.melin.stage;

import java.util.BitSet;
import net.openhft.affinity.Affinity;
import org.jspecify.annotations.Nullable;

/**
 * Pins by the optional affinity library, and believes only what the kernel says afterwards.
 *
 * <p>Loads nothing before the first wish, since most nodes on two cores have none. Who wishes first
 * must not be pinned by other means: helper threads of the native bridge start there, and a thread
 * inherits the mask of its starter. Without the library every wish is refused with a reason.
 */
public final class AffinityPinning implements Pinning {
    @Override
    public Result pin(int core) {
        if (Probe.UNAVAILABLE != null) {
            return new Refused(Probe.UNAVAILABLE);
        }
        try {
            Library.pin(core);
        } catch (RuntimeException | LinkageError e) {
            return new Refused("core " + core + " was not granted: " + e);
        }
        String granted = KernelThread.coresAllowed();
        return granted.equals(Integer.toString(core))
                ? new Pinned(granted)
                : new Refused(
                        "the kernel did not do it: wished="
                                + core
                                + ", allowed="
                                + (granted.isEmpty() ? "unknown" : granted));
    }

    /** Asks once, while all others who wish wait. */
    private static final class Probe {
        static final @Nullable String UNAVAILABLE = reason();

        private static @Nullable String reason() {
            try {
                return Library.isUsable()
                        ? null
                        : "the native bridge (JNA) of net.openhft:affinity does not load";
            } catch (RuntimeException | LinkageError e) {
                return "net.openhft:affinity is not on the class path or does not load: " + e;
            }
        }
    }

    /** Loaded on first use, so that a missing library is a refusal and no crash. */
    private static final class Library {
        static boolean isUsable() {
            // Asking once starts whatever the bridge starts, on the thread that is not pinned.
            return Affinity.isJNAAvailable() && !Affinity.getAffinity().isEmpty();
        }

        static void pin(int core) {
            BitSet mask = new BitSet();
            mask.set(core);
            Affinity.setAffinity(mask);
        }
    }
}
