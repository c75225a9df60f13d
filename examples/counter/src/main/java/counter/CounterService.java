package counter;

import io.melin.app.*;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.*;

@SpringBootApplication
public class CounterService {
    sealed interface Event permits Add, Reset {}
    record Add(long amount) implements Event {}
    record Reset() implements Event {}
    record Changed(long total) {}

    static final class Counter implements Application<Event, Changed> {
        private long total;

        public void apply(Event event, EventContext context, Reports<Changed> reports) {
            if (event instanceof Add add && add.amount() <= 0) throw new EventRejected("AMOUNT_NOT_POSITIVE");
            total = event instanceof Add add ? Math.addExact(total, add.amount()) : 0;
            reports.add(new Changed(total));
        }
        public Counter fresh() { return new Counter(); }
        public void snapshot(SnapshotWriter out) throws IOException { out.writeLong(total); }
        public void restore(SnapshotReader in, int version) throws IOException { total = in.readLong(); }
    }

    @Bean Application<Event, Changed> counter() { return new Counter(); }

    @RestController
    record Api(MelinOperations<Event, Changed> melin) {
        @PostMapping("/add/{amount}")
        CompletableFuture<MelinResult<Changed>> add(@PathVariable long amount, @RequestHeader("Idempotency-Key") String key) {
            return melin.submit(new Add(amount), EventId.of(key));
        }
        @GetMapping("/total")
        CompletableFuture<Long> total() { return melin.query(Counter.class, (counter, live) -> counter.total); }
    }

    public static void main(String[] args) { SpringApplication.run(CounterService.class, args); }
}
