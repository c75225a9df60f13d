package io.melin.bench.boot;

import io.melin.app.Application;
import io.melin.app.EventContext;
import io.melin.app.EventId;
import io.melin.app.MelinOperations;
import io.melin.app.MelinResult;
import io.melin.app.Reports;
import io.melin.app.SnapshotReader;
import io.melin.app.SnapshotWriter;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The same with a node: a counter behind the default codecs. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class NodeService {
    record Add(long amount) {}

    record Changed(long total) {}

    private static final class Counter implements Application<Add, Changed> {
        private long total;

        @Override
        public void apply(Add event, EventContext context, Reports<Changed> reports) {
            total += event.amount();
            reports.add(new Changed(total));
        }

        @Override
        public Counter fresh() {
            return new Counter();
        }

        @Override
        public void snapshot(SnapshotWriter out) throws IOException {
            out.writeLong(total);
        }

        @Override
        public void restore(SnapshotReader in, int version) throws IOException {
            total = in.readLong();
        }
    }

    @RestController
    record Api(MelinOperations<Add, Changed> melin) {
        @PostMapping("/add/{amount}")
        CompletableFuture<MelinResult<Changed>> add(
                @PathVariable long amount, @RequestHeader("Idempotency-Key") String key) {
            return melin.submit(new Add(amount), EventId.of(key));
        }

        @GetMapping("/total")
        CompletableFuture<Long> total() {
            return melin.query(Counter.class, (counter, live) -> counter.total);
        }
    }

    @Bean
    Application<Add, Changed> counter() {
        return new Counter();
    }

    public static void main(String[] arguments) {
        SpringApplication.run(NodeService.class, arguments);
    }
}
