package io.melin.pipeline;

/**
 * Sizes of the rings. All are powers of two.
 *
 * @param inputSlots events that may wait between the ingress and the slower of journal and
 *     application
 * @param inputBytes their payload bytes, at least two of the largest event
 * @param outputSlots reports that may wait for their gate
 * @param outputBytes their payload bytes, at least two of the largest report
 */
public record PipelineConfig(int inputSlots, int inputBytes, int outputSlots, int outputBytes) {

    /** 65,536 slots and 16 MiB of payload each way. */
    public static final PipelineConfig DEFAULT =
            new PipelineConfig(1 << 16, 1 << 24, 1 << 16, 1 << 24);

    public PipelineConfig {
        requirePowerOfTwo(inputSlots, "inputSlots");
        requirePowerOfTwo(inputBytes, "inputBytes");
        requirePowerOfTwo(outputSlots, "outputSlots");
        requirePowerOfTwo(outputBytes, "outputBytes");
    }

    private static void requirePowerOfTwo(int value, String name) {
        if (value < 2 || Integer.bitCount(value) != 1) {
            throw new IllegalArgumentException(
                    name + " must be a power of two, 2 or more: " + name + "=" + value);
        }
    }
}
