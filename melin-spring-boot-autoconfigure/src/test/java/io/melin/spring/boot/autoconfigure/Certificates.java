package io.melin.spring.boot.autoconfigure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Self-signed certificates, made by the JDK's own tool. */
public final class Certificates {
    private static final String PASSWORD = "only-for-tests";
    private static final String ALIAS = "gateway";

    private Certificates() {}

    /** A key store with a certificate for localhost and its key. */
    public static Path keyStore(Path file) throws Exception {
        Process keytool =
                new ProcessBuilder(
                                List.of(
                                        tool(),
                                        "-genkeypair",
                                        "-alias",
                                        ALIAS,
                                        "-keyalg",
                                        "EC",
                                        "-dname",
                                        "CN=localhost",
                                        "-ext",
                                        "san=dns:localhost,ip:127.0.0.1",
                                        "-storetype",
                                        "PKCS12",
                                        "-storepass",
                                        PASSWORD,
                                        "-keystore",
                                        file.toString()))
                        .redirectErrorStream(true)
                        .start();
        String output = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool failed: " + output);
        }
        return file;
    }

    private static String tool() {
        return Path.of(requireNonNull(System.getProperty("java.home")), "bin", "keytool")
                .toString();
    }

    /** Properties of a bundle that has the certificate and its key. */
    public static String[] keyBundle(String name, Path keyStore) {
        String prefix = "spring.ssl.bundle.jks." + name + ".keystore.";
        return new String[] {
            prefix + "location=" + keyStore.toUri(),
            prefix + "type=PKCS12",
            prefix + "password=" + PASSWORD
        };
    }

    /** Properties of a bundle that trusts the certificate. */
    public static String[] trustBundle(String name, Path keyStore) throws Exception {
        Path pem = keyStore.resolveSibling(keyStore.getFileName() + ".pem");
        Base64.Encoder base64 = Base64.getMimeEncoder(64, new byte[] {'\n'});
        Files.writeString(
                pem,
                "-----BEGIN CERTIFICATE-----\n"
                        + base64.encodeToString(certificate(keyStore).getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        return new String[] {
            "spring.ssl.bundle.pem." + name + ".truststore.certificate=" + pem.toUri()
        };
    }

    public static Certificate certificate(Path keyStore)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return requireNonNull(store.getCertificate(ALIAS));
    }

    /** Trusts the certificates of these stores and nobody else. */
    public static SSLContext trusting(Path... keyStores)
            throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (Path keyStore : keyStores) {
            trusted.setCertificateEntry(keyStore.toString(), certificate(keyStore));
        }
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return tls;
    }
}
