package io.melin.client.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.melin.client.ClientConfig;
import io.melin.client.ClientIdentity;
import io.melin.client.CodecProtocol;
import io.melin.client.FakeGateway;
import io.melin.client.MelinClient;
import io.melin.client.MelinClientException;
import io.melin.client.ServerAddress;
import io.melin.testing.CounterApplication;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client over TLS, with a certificate that the JDK's own tool signs for localhost. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NettyTlsTest {
    private static final char[] PASSWORD = "password".toCharArray();

    @TempDir private Path directory;

    @Test
    void answersOverTlsAndOnlyUnderTheCertificatesName() throws Exception {
        SSLContext context = context();
        FakeGateway gateway = new FakeGateway();
        try (ScriptedServer server =
                new ScriptedServer(
                        gateway,
                        context.getServerSocketFactory()
                                .createServerSocket(0, 50, InetAddress.getLoopbackAddress()))) {
            ClientConfig config =
                    ClientConfig.of(server.address())
                            .withIdentity(ClientIdentity.of(9))
                            .withTls(() -> context);
            try (MelinClient<Long, Long> client = open(config)) {
                for (long value = 1; value < 10; value++) {
                    assertThat(client.submitAndWait(value, Duration.ofSeconds(20)).reports())
                            .hasSize((int) value % 3);
                }
            }

            ServerAddress unnamed = new ServerAddress("127.0.0.1", server.address().port());
            assertNotReady(ClientConfig.of(unnamed).withTls(() -> context), "no TLS");
            SSLContext strange = SSLContext.getDefault();
            assertNotReady(config.withTls(() -> strange), "no TLS");
            assertNotReady(
                    config.withTls(() -> {
                        throw new IllegalStateException("bundle is broken");
                    }),
                    "bundle is broken");
        }
    }

    private static void assertNotReady(ClientConfig config, String why) {
        try (MelinClient<Long, Long> client = open(config)) {
            String found = "";
            for (int i = 0; i < 200 && !found.contains(why); i++) {
                try {
                    client.awaitReady(Duration.ofMillis(100));
                } catch (MelinClientException e) {
                    found = String.valueOf(e.getMessage());
                }
            }
            assertThat(found).contains(why);
        }
    }

    private static MelinClient<Long, Long> open(ClientConfig config) {
        return NettyClient.open(
                config, new CodecProtocol<>(CounterApplication.CODEC, CounterApplication.CODEC));
    }

    private SSLContext context() throws Exception {
        Path file = directory.resolve("store.p12");
        Path tool =
                Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "keytool");
        Process process =
                new ProcessBuilder(
                                tool.toString(),
                                "-genkeypair",
                                "-alias",
                                "a",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "san=dns:localhost",
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                new String(PASSWORD),
                                "-keystore",
                                file.toString())
                        .redirectErrorStream(true)
                        .start();
        assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("a", Objects.requireNonNull(store.getCertificate("a")));
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
