/**
 * What a user of Melin writes and calls: the application, its codecs, and the results of a submit.
 *
 * <p>Start at {@link io.melin.app.Application}. Nothing here starts a thread or touches a file.
 */
@NullMarked
package io.melin.app;

import org.jspecify.annotations.NullMarked;
