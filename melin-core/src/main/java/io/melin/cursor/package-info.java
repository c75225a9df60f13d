/**
 * Positions that one thread publishes and others read. All padding and memory order of cursors is
 * here.
 */
@NullMarked
package io.melin.cursor;

import org.jspecify.annotations.NullMarked;
