/**
 * The port to durable files. Production is {@link io.melin.storage.FileSystemStorage}; the
 * simulated form, which loses what was not synced, ships in melin-test.
 */
@NullMarked
package io.melin.storage;

import org.jspecify.annotations.NullMarked;
