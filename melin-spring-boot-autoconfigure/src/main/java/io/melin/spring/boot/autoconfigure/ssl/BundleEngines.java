package io.melin.spring.boot.autoconfigure.ssl;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;

/** Engines with the ciphers and protocols of a bundle, which a plain context knows nothing of. */
final class BundleEngines extends SSLContextSpi {
    private final SSLContext context;
    private final SslOptions options;

    private BundleEngines(SSLContext context, SslOptions options) {
        this.context = context;
        this.options = options;
    }

    static SSLContext of(SslBundle bundle) {
        SSLContext context = bundle.createSslContext();
        SSLContextSpi engines = new BundleEngines(context, bundle.getOptions());
        return new SSLContext(engines, context.getProvider(), context.getProtocol()) {};
    }

    private SSLEngine restrict(SSLEngine engine) {
        String[] ciphers = options.getCiphers();
        String[] protocols = options.getEnabledProtocols();
        if (ciphers != null) {
            engine.setEnabledCipherSuites(ciphers);
        }
        if (protocols != null) {
            engine.setEnabledProtocols(protocols);
        }
        return engine;
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
        return restrict(context.createSSLEngine());
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
        return restrict(context.createSSLEngine(host, port));
    }

    @Override
    protected void engineInit(
            KeyManager @Nullable [] keys,
            TrustManager @Nullable [] trust,
            @Nullable SecureRandom random)
            throws KeyManagementException {
        context.init(keys, trust, random);
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
        return context.getSocketFactory();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
        return context.getServerSocketFactory();
    }

    @Override
    protected @Nullable SSLSessionContext engineGetServerSessionContext() {
        return context.getServerSessionContext();
    }

    @Override
    protected @Nullable SSLSessionContext engineGetClientSessionContext() {
        return context.getClientSessionContext();
    }
}
