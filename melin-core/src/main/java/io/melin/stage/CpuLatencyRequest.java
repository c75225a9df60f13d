package io.melin.stage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Asks the kernel that no core of the machine sleeps, however little there is to do: to wake one up
 * costs tens of microseconds on a virtual machine, for each sync and each packet that a thread
 * waits for. The wish is a latency of 0 us in a device file, and holds for all cores while that
 * file is open; with the process it ends at the latest ("PM Quality Of Service Interface" in the
 * kernel's documentation).
 *
 * <p>Threading: {@link #begin} and {@link #close} from one thread at a time, {@link #state} from
 * any.
 */
public final class CpuLatencyRequest implements AutoCloseable {
    /** Only root may write it, unless the administrator gave it to others. */
    public static final Path DEVICE = Path.of("/dev/cpu_dma_latency");

    private static final System.Logger LOG = System.getLogger(CpuLatencyRequest.class.getName());

    /** What became of it. */
    public enum State {
        /** Nothing is asked for. */
        NONE,
        /** No core sleeps. */
        GRANTED,
        /** Cores sleep as before; the log says why. */
        REFUSED
    }

    private final Path device;
    private @Nullable FileChannel open;
    private volatile State state = State.NONE;

    /**
     * @param device {@link #DEVICE} but for tests
     */
    public CpuLatencyRequest(Path device) {
        this.device = device;
    }

    /** Asks, unless it is granted already. A refusal is logged: what waits does so for longer. */
    public State begin() {
        if (open != null) {
            return state;
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(device, StandardOpenOption.WRITE);
            channel.write(ByteBuffer.allocate(Integer.BYTES)); // zero in any order of bytes
            open = channel;
            state = State.GRANTED;
        } catch (IOException e) {
            state = State.REFUSED;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "cores may sleep, each wake-up takes longer: reason="
                            + e
                            + "; let this process write "
                            + device
                            + ", in a container give it that device, or do not ask for it");
            giveUp(channel);
        }
        return state;
    }

    public State state() {
        return state;
    }

    /** Lets cores sleep again, unless others have asked too. A second call does nothing. */
    @Override
    public void close() {
        giveUp(open);
        open = null;
        state = State.NONE;
    }

    private void giveUp(@Nullable FileChannel channel) {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "not closed: device=" + device, e);
        }
    }
}
