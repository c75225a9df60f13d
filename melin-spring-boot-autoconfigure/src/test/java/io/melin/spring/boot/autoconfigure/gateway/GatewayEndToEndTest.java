package io.melin.spring.boot.autoconfigure.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.melin.app.EventId;
import io.melin.spring.boot.autoconfigure.Certificates;
import io.melin.spring.boot.autoconfigure.Counter;
import io.melin.spring.boot.autoconfigure.FrameClient;
import io.melin.spring.boot.autoconfigure.RunningService;
import io.melin.spring.boot.autoconfigure.codec.JsonCodecs;
import io.melin.wire.Ed25519.SigningKey;
import io.melin.wire.ReadyFrame;
import io.melin.wire.Role;
import io.melin.wire.Tag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The counter behind its gateway, in a whole service: plain, over TLS, and by key. */
@ExtendWith(OutputCaptureExtension.class)
class GatewayEndToEndTest {
    private static final String[] OPEN = {
        "melin.gateway.port=0", "melin.gateway.authentication=off"
    };

    @TempDir private Path directory;

    private RunningService start(String... properties) {
        return RunningService.start(directory.resolve("journal"), properties);
    }

    private static JsonNode gateway(RunningService service) throws Exception {
        String answer = service.actuator("melin");
        return JsonMapper.builder().build().readTree(answer.substring(4)).get("gateway");
    }

    private static int port(RunningService service) throws Exception {
        return gateway(service).get("port").asInt();
    }

    private static byte[] add(long amount) {
        return JsonCodecs.bytes(Counter.Event.class, new Counter.Event.Add(amount));
    }

    private static long total(FrameClient.Answer answer) {
        assertThat(answer.isEnd()).as("tag=" + answer.tag()).isTrue();
        assertThat(answer.reports()).hasSize(1);
        return JsonCodecs.value(Counter.Report.class, answer.reports().get(0)).total();
    }

    @Test
    void answersInTheClearAndIsSeenByOperators(CapturedOutput output) throws Exception {
        try (RunningService service = start(OPEN);
                FrameClient client = FrameClient.plain(port(service))) {
            assertThat(client.ready().role()).isEqualTo(Role.UNRESTRICTED);
            assertThat(client.identify(7).client()).isEqualTo(7);
            assertThat(total(client.request(1, add(5)))).isEqualTo(5);
            assertThat(total(client.request(1, add(5)))).as("first outcome").isEqualTo(5);
            assertThat(service.adder().add(2).reports()).containsExactly(new Counter.Report(7));
            assertThat(total(client.request(2, add(1)))).isEqualTo(8);

            JsonNode gateway = gateway(service);
            assertThat(gateway.get("address").asString()).isEqualTo("127.0.0.1");
            assertThat(gateway.get("transport").asString()).as("no epoll here").isEqualTo("nio");
            assertThat(gateway.at("/connections/used").asInt()).isEqualTo(1);
            assertThat(gateway.at("/connections/capacity").asInt()).isEqualTo(1024);
            assertThat(gateway.get("authentication").asBoolean(true)).isFalse();
            assertThat(gateway.get("tls").asBoolean(true)).isFalse();
            assertThat(service.actuator("health"))
                    .contains("\"gatewayConnections\":1", "\"gatewayPort\":");
            assertThat(service.actuator("prometheus", "text/plain"))
                    .containsPattern("melin_connections_active\\{[^}]*} 1\\.0")
                    .containsPattern("melin_connections_accepted_total\\{[^}]*} 1\\.0")
                    .containsPattern("melin_ingress_received_bytes_total\\{[^}]*} [1-9]")
                    .containsPattern("melin_egress_sent_bytes_total\\{[^}]*} [1-9]")
                    .containsPattern("melin_egress_dropped_total\\{[^}]*reason=\"idle\"} 0\\.0");
        }
        assertThat(output.getAll().lines().filter(line -> line.contains("the gateway")))
                .singleElement()
                .asString()
                .contains("INFO", "without authentication", "authentication=off", "tls=off");
    }

    @Test
    void takesKnownKeysOnly(CapturedOutput output) throws Exception {
        SigningKey known = SigningKey.generate();
        Path keys = directory.resolve("authorized_keys");
        String text = Base64.getEncoder().encodeToString(known.publicKey());
        Files.writeString(keys, "# who may trade\ntrader " + text + " desk 1\n");
        try (RunningService service =
                start(
                        "melin.gateway.port=0",
                        "melin.gateway.server=till",
                        "melin.gateway.authorized-keys=" + keys)) {
            int port = port(service);
            try (FrameClient client = FrameClient.plain(port)) {
                assertThat(client.sign(known).server()).isEqualTo("till");
                ReadyFrame ready = client.ready();
                assertThat(ready.role()).isEqualTo(Role.TRADER);
                assertThat(ready.client()).isNotZero();
                assertThat(total(client.request(1, add(3)))).isEqualTo(3);
            }
            try (FrameClient client = FrameClient.plain(port)) {
                client.sign(SigningKey.generate());
                client.next(Tag.AUTHENTICATION_FAILED);
            }
            assertThat(gateway(service).get("authentication").asBoolean()).isTrue();
            assertThat(service.actuator("prometheus", "text/plain"))
                    .containsPattern("dropped_total\\{[^}]*reason=\"authentication\"} 1\\.0");
        }
        assertThat(output).contains("the gateway is listening: address=127.0.0.1, port=");
    }

    @Test
    void speaksTlsAndTakesARenewedBundle() throws Exception {
        Path first = Certificates.keyStore(directory.resolve("first.p12"));
        Path second = Certificates.keyStore(directory.resolve("second.p12"));
        SSLContext tls = Certificates.trusting(first, second);
        String[] properties =
                Stream.of(
                                OPEN,
                                Certificates.keyBundle("door", first),
                                Certificates.keyBundle("renewed", second),
                                new String[] {"melin.gateway.ssl.bundle=door"})
                        .flatMap(Stream::of)
                        .toArray(String[]::new);
        try (RunningService service = start(properties);
                FrameClient before = FrameClient.secured(port(service), tls)) {
            before.ready();
            assertThat(session(before).getProtocol()).isEqualTo("TLSv1.3");
            assertThat(total(before.request(0, add(4)))).isEqualTo(4);
            assertThat(peer(before)).isEqualTo(Certificates.certificate(first));
            assertThat(gateway(service).get("tls").asBoolean()).isTrue();

            SslBundles bundles = service.context().getBean(SslBundles.class);
            service.context()
                    .getBean(SslBundleRegistry.class)
                    .updateBundle("door", bundles.getBundle("renewed"));

            assertThat(total(before.request(0, add(1)))).as("goes on").isEqualTo(5);
            try (FrameClient after = FrameClient.secured(port(service), tls)) {
                after.ready();
                assertThat(peer(after)).isEqualTo(Certificates.certificate(second));
                assertThat(total(after.request(0, add(1)))).isEqualTo(6);
            }
        }
    }

    @Test
    void keepsToTheOptionsOfItsBundle() throws Exception {
        Path store = Certificates.keyStore(directory.resolve("store.p12"));
        String suite = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
        String[] properties =
                Stream.of(
                                OPEN,
                                Certificates.keyBundle("door", store),
                                new String[] {
                                    "spring.ssl.bundle.jks.door.options.enabled-protocols=TLSv1.2",
                                    "spring.ssl.bundle.jks.door.options.ciphers=" + suite,
                                    "melin.gateway.ssl.bundle=door"
                                })
                        .flatMap(Stream::of)
                        .toArray(String[]::new);
        try (RunningService service = start(properties)) {
            try (FrameClient client =
                    FrameClient.secured(port(service), Certificates.trusting(store))) {
                client.ready();
                assertThat(session(client).getProtocol()).isEqualTo("TLSv1.2");
                assertThat(session(client).getCipherSuite()).isEqualTo(suite);
            }
            Path stranger = Certificates.keyStore(directory.resolve("stranger.p12"));
            SSLContext mistrustful = Certificates.trusting(stranger);
            int port = port(service);
            assertThatExceptionOfType(SSLException.class)
                    .isThrownBy(() -> FrameClient.secured(port, mistrustful).close());
            assertThat(
                            service.adder()
                                    .operations()
                                    .submit(new Counter.Event.Add(1), EventId.none()))
                    .succeedsWithin(Duration.ofSeconds(30));
        }
    }

    private static SSLSession session(FrameClient client) {
        return ((SSLSocket) client.socket()).getSession();
    }

    private static Certificate peer(FrameClient client) throws Exception {
        return session(client).getPeerCertificates()[0];
    }
}
