/** The one way in which a journaled event changes the state, wherever it is applied. */
@NullMarked
package io.melin.apply;

import org.jspecify.annotations.NullMarked;
