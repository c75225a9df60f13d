/** The sample exchange as a server: the application that does more than count. */
@NullMarked
package io.melin.bench.exchange;

import org.jspecify.annotations.NullMarked;
