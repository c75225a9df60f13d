/** What several packages' tests share. */
@NullMarked
package io.melin.testing;

import org.jspecify.annotations.NullMarked;
