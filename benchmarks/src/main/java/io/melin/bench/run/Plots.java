package io.melin.bench.run;

import java.awt.Color;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.IChart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Files beside a report: SVG, and the distributions that they show. */
final class Plots {
    private static final int WIDTH = 1_100;
    private static final int HEIGHT = 600;

    /** Steps for each halving of what is left of the distribution. */
    private static final int STEPS = 8;

    /** The same, in a printed distribution. */
    private static final int TICKS = 5;

    private static final double NS_PER_US = 1_000;

    private final Path directory;
    private final String prefix;

    /**
     * @param prefix of the names of all files
     */
    Plots(Path directory, String prefix) {
        this.directory = directory;
        this.prefix = prefix;
    }

    /**
     * Latency by percentile: each step to the right is a tenth of the requests before.
     *
     * @return a link, in Markdown
     */
    String latencies(String name, Map<String, Histogram> lines) throws IOException {
        XYChart chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title("Latency, " + name)
                        .xAxisTitle("percentile")
                        .yAxisTitle("microseconds")
                        .build();
        style(chart.getStyler());
        chart.getStyler()
                .setXAxisLogarithmic(true)
                .setXAxisLogarithmicDecadeOnly(true)
                .setXAxisTickLabelsFormattingFunction(Plots::percentile);
        for (Map.Entry<String, Histogram> line : lines.entrySet()) {
            addLine(chart, line.getKey(), line.getValue());
        }
        return chart.getSeriesCollection().isEmpty()
                ? ""
                : write("latency, " + name, chart) + percentiles(name, lines);
    }

    /** As HdrHistogram prints them, in microseconds; other tools plot them. */
    private String percentiles(String name, Map<String, Histogram> lines) throws IOException {
        StringBuilder links = new StringBuilder("\nPercentiles:");
        for (Map.Entry<String, Histogram> line : lines.entrySet()) {
            String file =
                    String.join("-", prefix, Output.fileName(name), Output.fileName(line.getKey()))
                            + ".hgrm";
            try (PrintStream out = new PrintStream(directory.resolve(file).toFile())) {
                line.getValue().outputPercentileDistribution(out, TICKS, NS_PER_US);
            }
            links.append(" [%s](%s)".formatted(line.getKey(), file));
        }
        return links.append("\n\n").toString();
    }

    private static void addLine(XYChart chart, String name, Histogram latencies) {
        List<Double> left = new ArrayList<>();
        List<Double> us = new ArrayList<>();
        for (HistogramIterationValue at : latencies.percentiles(STEPS)) {
            double percent = at.getPercentileLevelIteratedTo();
            if (percent < 100) {
                left.add(100 / (100 - percent));
                us.add(at.getValueIteratedTo() / 1_000.0);
            }
        }
        if (!left.isEmpty()) {
            chart.addSeries(name, left, us).setMarker(SeriesMarkers.NONE);
        }
    }

    /** 10 is 90 %, 100 is 99 %. */
    private static String percentile(double oneOf) {
        return new BigDecimal(100 - 100 / oneOf)
                .round(new MathContext(8))
                .stripTrailingZeros()
                .toPlainString();
    }

    /**
     * Requests a second over the loads, a line for each subject.
     *
     * @param lines by subject, then by load
     * @return a link, in Markdown
     */
    String throughput(Map<String, Map<String, Double>> lines) throws IOException {
        CategoryChart chart =
                new CategoryChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title("Throughput")
                        .yAxisTitle("requests a second")
                        .build();
        style(chart.getStyler());
        chart.getStyler()
                .setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Line)
                .setOverlapped(true); // points of one load above each other
        Set<String> distinct = new LinkedHashSet<>();
        lines.values().forEach(line -> distinct.addAll(line.keySet()));
        List<String> loads = List.copyOf(distinct);
        for (Map.Entry<String, Map<String, Double>> line : lines.entrySet()) {
            List<@Nullable Double> perSecond = new ArrayList<>();
            loads.forEach(load -> perSecond.add(line.getValue().get(load)));
            chart.addSeries(line.getKey(), loads, perSecond);
        }
        return write("throughput", chart);
    }

    private static void style(AxesChartStyler styler) {
        styler.setYAxisLogarithmic(true)
                .setYAxisDecimalPattern("#,##0.###")
                .setPlotGridLinesColor(new Color(0xDD, 0xDD, 0xDD))
                .setChartBackgroundColor(Color.WHITE)
                .setLegendBorderColor(Color.WHITE);
    }

    private String write(String name, IChart chart) throws IOException {
        String file = prefix + "-" + Output.fileName(name) + ".svg";
        Path path = directory.resolve(file);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
            ChartEncoder.saveChart(chart, out, "svg");
        }
        return "![%s](%s)%n".formatted(name, file);
    }
}
