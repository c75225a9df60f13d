package io.melin.spring.boot.autoconfigure.ssl;

import io.melin.spring.boot.autoconfigure.diagnostics.PropertyCheck;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509KeyManager;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * TLS as an SSL bundle describes it, ciphers and protocols included. A bundle that is reloaded
 * counts from the next connection on; one that cannot be used is reported, and the last one stays.
 *
 * <p>Threading: any.
 */
public final class BundleTls implements Supplier<SSLContext> {
    private static final Log LOG = LogFactory.getLog(BundleTls.class);
    private static final String[] KEY_TYPES = {"RSA", "RSASSA-PSS", "EC", "EdDSA", "DSA"};

    private volatile SSLContext current;

    private BundleTls(SSLContext current) {
        this.current = current;
    }

    /**
     * TLS of the named bundle.
     *
     * @param property that names it
     * @throws InvalidConfigurationPropertyValueException if there is no such bundle, or it cannot
     *     be used
     */
    public static BundleTls client(String property, String name, SslBundles bundles) {
        return follow(property, name, bundles, open(property, name, bundles));
    }

    /** As {@link #client}, for the side that needs a certificate and its key. */
    public static BundleTls server(String property, String name, SslBundles bundles) {
        SslBundle bundle = open(property, name, bundles);
        PropertyCheck.check(
                hasKey(bundle),
                property,
                name,
                "the bundle has no certificate with its private key, which a server needs");
        return follow(property, name, bundles, bundle);
    }

    private static SslBundle open(String property, String name, SslBundles bundles) {
        try {
            SslBundle bundle = bundles.getBundle(name);
            bundle.createSslContext();
            return bundle;
        } catch (NoSuchSslBundleException e) {
            throw invalid(
                    property,
                    name,
                    "no SSL bundle has this name below 'spring.ssl.bundle'; there are "
                            + bundles.getBundleNames(),
                    e);
        } catch (RuntimeException e) {
            throw invalid(property, name, "the bundle cannot be used: " + e.getMessage(), e);
        }
    }

    private static RuntimeException invalid(
            String property, String name, String reason, Throwable cause) {
        RuntimeException invalid = PropertyCheck.invalid(property, name, reason);
        invalid.initCause(cause);
        return invalid;
    }

    private static boolean hasKey(SslBundle bundle) {
        KeyManager[] managers = bundle.getManagers().getKeyManagers();
        return managers != null && Stream.of(managers).anyMatch(BundleTls::hasKey);
    }

    private static boolean hasKey(KeyManager manager) {
        return !(manager instanceof X509KeyManager keys)
                || Stream.of(KEY_TYPES).anyMatch(type -> keys.getServerAliases(type, null) != null);
    }

    private static BundleTls follow(
            String property, String name, SslBundles bundles, SslBundle bundle) {
        BundleTls tls = new BundleTls(BundleEngines.of(bundle));
        bundles.addBundleUpdateHandler(name, updated -> tls.update(property, name, updated));
        return tls;
    }

    private void update(String property, String name, SslBundle updated) {
        try {
            current = BundleEngines.of(updated);
            LOG.info("the SSL bundle is reloaded: " + property + "=" + name);
        } catch (RuntimeException e) {
            LOG.warn("the reloaded SSL bundle is ignored: " + property + "=" + name, e);
        }
    }

    @Override
    public SSLContext get() {
        return current;
    }
}
