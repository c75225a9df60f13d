/** TLS from Spring's SSL bundles, for what is no web server; start at {@code BundleTls}. */
@NullMarked
package io.melin.spring.boot.autoconfigure.ssl;

import org.jspecify.annotations.NullMarked;
