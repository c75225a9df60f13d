package io.melin.spring.boot.autoconfigure.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.melin.spring.boot.autoconfigure.RunningService;
import io.melin.spring.boot.autoconfigure.metrics.MelinMeter.Type;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The contract against what a scrape really says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MelinMeterTest {
    private static final int EVENTS = 5;

    private RunningService service;
    private List<String> scrape;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        service =
                RunningService.start(
                        directory, "melin.name=till", "management.metrics.tags.zone=b");
        for (int event = 0; event < EVENTS; event++) {
            service.adder().add(1);
        }
        scrape =
                service.actuator("prometheus", "text/plain")
                        .lines()
                        .filter(line -> line.contains("melin_"))
                        .toList();
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private static String family(MelinMeter meter) {
        return meter.prometheusName();
    }

    /** Name of the sample line. */
    private static String name(String sample) {
        return sample.substring(0, sample.indexOf('{'));
    }

    private List<String> samples() {
        return scrape.stream().filter(line -> !line.startsWith("#")).toList();
    }

    private List<String> samples(MelinMeter meter) {
        Set<String> names =
                switch (meter.type()) {
                    case COUNTER, GAUGE, TIME_GAUGE -> Set.of(family(meter));
                    case TIMER -> Set.of(family(meter) + "_count", family(meter) + "_sum");
                    case HISTOGRAM ->
                            Set.of(
                                    family(meter) + "_count",
                                    family(meter) + "_sum",
                                    family(meter) + "_bucket");
                };
        return samples().stream().filter(sample -> names.contains(name(sample))).toList();
    }

    private static Set<String> labels(String sample) {
        String inside = sample.substring(sample.indexOf('{') + 1, sample.lastIndexOf('}'));
        return Arrays.stream(inside.split(","))
                .map(label -> label.substring(0, label.indexOf('=')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private double value(String startsWith) {
        String sample =
                samples().stream()
                        .filter(line -> line.startsWith(startsWith))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no sample " + startsWith));
        return Double.parseDouble(sample.substring(sample.lastIndexOf('}') + 1).trim());
    }

    /** M3 of MelinMeter. */
    @Test
    void everyMeterIsInTheScrapeWithItsTags() {
        for (MelinMeter meter : MelinMeter.values()) {
            List<String> samples = samples(meter);
            assertThat(samples).as(meter.name()).isNotEmpty();
            Set<String> expected = new TreeSet<>(meter.tags());
            expected.add("pipeline");
            expected.add("zone");
            for (String sample : samples) {
                Set<String> labels = labels(sample);
                labels.remove("le");
                assertThat(labels).as(sample).isEqualTo(expected);
                assertThat(sample).contains("pipeline=\"till\"", "zone=\"b\"");
            }
        }
    }

    @Test
    void everySampleBelongsToAMeter() {
        Set<String> known = new TreeSet<>();
        for (MelinMeter meter : MelinMeter.values()) {
            samples(meter).forEach(sample -> known.add(name(sample)));
        }

        assertThat(samples().stream().map(MelinMeterTest::name).distinct())
                .allMatch(known::contains);
    }

    /** What promtool would find fault with. */
    @Test
    void everyMeterHasHelpAndTypeAndNoNameThatALintRefuses() {
        Map<String, String> help = new TreeMap<>();
        Map<String, String> type = new TreeMap<>();
        for (String line : scrape) {
            String[] words = line.split(" ", 4);
            if (line.startsWith("# HELP")) {
                help.put(words[2], words[3]);
            } else if (line.startsWith("# TYPE")) {
                type.put(words[2], words[3]);
            }
        }
        for (MelinMeter meter : MelinMeter.values()) {
            String family = family(meter);
            assertThat(help.get(family)).as(family).isEqualTo(meter.meaning());
            String expected =
                    switch (meter.type()) {
                        case COUNTER -> "counter";
                        case GAUGE, TIME_GAUGE -> "gauge";
                        case TIMER -> "summary";
                        case HISTOGRAM -> "histogram";
                    };
            assertThat(type.get(family)).as(family).isEqualTo(expected);
            assertThat(family.replaceFirst("_total$", ""))
                    .doesNotEndWith("_count")
                    .doesNotEndWith("_sum")
                    .doesNotEndWith("_bucket")
                    .doesNotEndWith("_total")
                    .doesNotMatch(".*_(ns|us|ms|milliseconds|kilobytes)(_.*)?");
        }
    }

    /** Exit code 3 is for findings on meters of others; 1 is for text that does not parse. */
    @Test
    void promtoolHasNothingToSayAboutOurs(@TempDir Path work) throws Exception {
        assumeTrue(isOnThePath("promtool"), "promtool is not installed");
        Path text = work.resolve("scrape.txt");
        Files.writeString(text, service.actuator("prometheus", "text/plain").substring(4));
        Process promtool =
                new ProcessBuilder("promtool", "check", "metrics")
                        .redirectInput(text.toFile())
                        .redirectErrorStream(true)
                        .start();
        String findings = new String(promtool.getInputStream().readAllBytes(), UTF_8);

        assertThat(promtool.waitFor()).as(findings).isNotEqualTo(1);
        assertThat(findings.lines()).noneMatch(line -> line.startsWith("melin_"));
    }

    private static boolean isOnThePath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    @Test
    void countsWhatHappened() {
        assertThat(value("melin_stage_events_total{pipeline=\"till\",stage=\"application\""))
                .isEqualTo(EVENTS);
        assertThat(value("melin_journal_sequence{")).isEqualTo(EVENTS);
        assertThat(value("melin_response_latency_seconds_count{")).isEqualTo(EVENTS);
        assertThat(value("melin_stage_latency_seconds_count{pipeline=\"till\",stage=\"disk\""))
                .isPositive();
        assertThat(value("melin_journal_written_bytes_total{")).isPositive();
        assertThat(value("melin_journal_sync_seconds_count{")).isPositive();
        assertThat(value("melin_ring_capacity_events{pipeline=\"till\",ring=\"input\""))
                .isEqualTo(1024);
        assertThat(value("melin_state{pipeline=\"till\",state=\"serving\"")).isEqualTo(1);
        assertThat(value("melin_state{pipeline=\"till\",state=\"failed\"")).isZero();
        assertThat(value("melin_submit_rejected_total{")).isZero();
    }

    /** M2 of MelinMeter. */
    @Test
    void namesMetersOnceAndInMicrometersStyle() {
        assertThat(Arrays.stream(MelinMeter.values()).map(MelinMeter::meterName))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("melin(\\.[a-z]+)+"));
        assertThat(Arrays.stream(MelinMeter.values()).map(MelinMeter::meaning))
                .noneMatch(meaning -> meaning.endsWith("."));
        for (MelinMeter meter : MelinMeter.values()) {
            boolean isTime = meter.type() != Type.COUNTER && meter.type() != Type.GAUGE;
            if (isTime) {
                assertThat(meter.unit()).as(meter.name()).isEqualTo("seconds");
            }
        }
    }
}
