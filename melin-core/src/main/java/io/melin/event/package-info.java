/** The envelope of one journaled event, as ring, journal and applier pass it on. */
@NullMarked
package io.melin.event;

import org.jspecify.annotations.NullMarked;
