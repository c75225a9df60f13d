/** Starts and stops the node with its context, and tells Boot what the state of the node means. */
@NullMarked
package io.melin.spring.boot.autoconfigure.lifecycle;

import org.jspecify.annotations.NullMarked;
