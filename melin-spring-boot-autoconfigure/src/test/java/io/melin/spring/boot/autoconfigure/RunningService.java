package io.melin.spring.boot.autoconfigure;

import io.melin.app.EventId;
import io.melin.app.MelinOperations;
import io.melin.app.MelinResult;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A whole service with web server and Actuator, as a user has it, on a port of its own. */
public final class RunningService implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();

    private RunningService(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** What the user writes. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    public static class UserService {
        @Bean
        Counter counter() {
            return new Counter();
        }

        @Bean
        Controller controller(MelinOperations<Counter.Event, Counter.Report> operations) {
            return new Controller(operations);
        }

        @Bean
        Adder adder(MelinOperations<Counter.Event, Counter.Report> operations) {
            return new Adder(operations);
        }
    }

    /** What the user's clients call. */
    @RestController
    public static class Controller {
        private final MelinOperations<Counter.Event, Counter.Report> operations;

        Controller(MelinOperations<Counter.Event, Counter.Report> operations) {
            this.operations = operations;
        }

        @PostMapping("/add/{amount}")
        CompletableFuture<List<Counter.Report>> add(@PathVariable("amount") long amount) {
            return operations.submit(new Counter.Event.Add(amount)).thenApply(MelinResult::reports);
        }
    }

    /** A bean that uses the node. */
    public record Adder(MelinOperations<Counter.Event, Counter.Report> operations) {
        /** Adds and waits. */
        public MelinResult<Counter.Report> add(long amount) {
            return operations.submitAndWait(
                    new Counter.Event.Add(amount), EventId.none(), Duration.ofSeconds(30));
        }
    }

    /** Starts on any free port with everything exposed. */
    public static RunningService start(Path directory, String... properties) {
        return start(directory, List.of(), properties);
    }

    /** As above, with more configuration classes. */
    public static RunningService start(
            Path directory, List<Class<?>> configurations, String... properties) {
        SpringApplication application =
                new SpringApplicationBuilder(UserService.class)
                        .sources(configurations.toArray(Class<?>[]::new))
                        .properties(
                                "server.port=0",
                                "server.address=127.0.0.1",
                                "management.endpoints.web.exposure.include=*",
                                "management.endpoint.health.show-details=always",
                                "spring.main.banner-mode=off")
                        .properties(SmallNode.properties(directory))
                        .properties(properties)
                        .build();
        return new RunningService(application.run());
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    public Adder adder() {
        return context.getBean(Adder.class);
    }

    /** Posts to the controller. */
    public CompletableFuture<String> post(String path) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenApply(response -> response.statusCode() + " " + response.body());
    }

    /** Where the web server listens. */
    public String port() {
        return String.valueOf(context.getEnvironment().getProperty("local.server.port"));
    }

    /** Body of a GET below {@code /actuator/}, behind its status and a blank. */
    public String actuator(String path) throws IOException, InterruptedException {
        return actuator(path, "application/json, text/plain");
    }

    /** As {@link #actuator(String)}, for a given form. */
    public String actuator(String path, String accept) throws IOException, InterruptedException {
        String below = path.isEmpty() ? "" : "/" + path;
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + port() + "/actuator" + below))
                        .header("Accept", accept)
                        .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    @Override
    public void close() {
        context.close();
    }
}
