/**
 * The write-ahead log: format, writer, reader and recovery; start at {@link
 * io.melin.journal.Journal}. One thread at a time, except what a cursor publishes.
 */
@NullMarked
package io.melin.journal;

import org.jspecify.annotations.NullMarked;
