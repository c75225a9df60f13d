package io.melin.storage;

/**
 * What the system's memory holds of the file of one name, whether there is such a file or not. No
 * file is held open for it.
 *
 * <p>Threading: any. Allocates nothing after a first call.
 */
@FunctionalInterface
public interface CachedFile {

    /**
     * May take these bytes out of the system's memory, if the device has them. A hint: it promises
     * nothing and never fails. Who reads them later reads them from the device.
     */
    void forget(long offset, long bytes);
}
