/** Tells Boot, and whoever supervises the process, what the state of the node means. */
@NullMarked
package io.melin.spring.boot.autoconfigure.availability;

import org.jspecify.annotations.NullMarked;
