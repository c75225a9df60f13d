/**
 * An application with a journal in front of it, without threads and without a framework.
 *
 * <p>Start at {@link io.melin.journaled.JournaledApplication}.
 */
@NullMarked
package io.melin.journaled;

import org.jspecify.annotations.NullMarked;
