package io.melin.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LayoutChoiceTest {
    private static final int HOT = 5;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // asked   | named      | allowed | isolated | quota | chosen    | cores
                "AUTO      | -          | 0-1     | -        | -     | COMPACT   | -",
                "AUTO      | -          | 0-5     | -        | -     | COMPACT   | -",
                "AUTO      | -          | 0-6     | -        | -     | SHARED    | -",
                "AUTO      | -          | 0-63    | -        | -     | SHARED    | -",
                "AUTO      | -          | 0-6     | -        | 6     | COMPACT   | -",
                "AUTO      | -          | 0-7     | -        | 7.5   | SHARED    | -",
                // Cores of their own: named, or isolated when none is named.
                "AUTO      | 1-5        | 0-5     | -        | -     | DEDICATED | 1-5",
                "AUTO      | 1-6        | 0-7     | -        | -     | DEDICATED | 1-6",
                "AUTO      | -          | 0-1     | 2-6      | -     | DEDICATED | 2-6",
                "AUTO      | -          | 0-7     | 4-7      | -     | SHARED    | -",
                "AUTO      | 0-1        | 0-1     | 2-6      | -     | COMPACT   | 0-1",
                "AUTO      | 1-4        | 0-7     | -        | -     | SHARED    | 1-4",
                // L2: under a quota nothing spins.
                "AUTO      | 1-5        | 0-7     | -        | 8     | SHARED    | 1-5",
                "AUTO      | -          | 0-1     | 2-6      | 2     | COMPACT   | -",
                // A core that may not be used is none.
                "AUTO      | 1-4,9      | 0-7     | -        | -     | SHARED    | 1-4,9",
                "AUTO      | 1-5,9      | 0-7     | -        | -     | DEDICATED | 1-5",
                // As asked.
                "DEDICATED | 1-5        | 0-5     | -        | -     | DEDICATED | 1-5",
                "DEDICATED | -          | 0-1     | 2-6      | -     | DEDICATED | 2-6",
                "DEDICATED | 0,2-5      | 0       | 2-6      | -     | DEDICATED | 0,2-5",
                "SHARED    | -          | 0-1     | -        | 0.5   | SHARED    | -",
                "SHARED    | 0-1        | 0-1     | -        | -     | SHARED    | 0-1",
                "COMPACT   | -          | 0-63    | 2-60     | -     | COMPACT   | -",
                "MANUAL    | -          | 0-63    | 2-60     | -     | MANUAL    | -",
            })
    void choosesByCoresMaskAndQuota(
            Layout asked,
            @Nullable String named,
            String allowed,
            @Nullable String isolated,
            @Nullable Double quota,
            Layout chosen,
            @Nullable String cores) {
        LayoutChoice choice =
                LayoutChoice.choose(request(asked, named), budget(allowed, isolated, quota), HOT);

        assertThat(choice.layout()).isEqualTo(chosen);
        assertThat(choice.cores()).isEqualTo(ProcText.cores(cores == null ? "" : cores));
        assertThat(choice.reason()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "1-4,9 | 0-7 | -   | -   | core=9, allowed=[0, 1, 2, 3, 4, 5, 6, 7]",
                "1-5   | 0-3 | 6-7 | -   | core=4, allowed=[0, 1, 2, 3, 6, 7]",
                "1-5   | 0-7 | -   | 8   | quota=8.0",
                "1-4   | 0-7 | -   | -   | cores=[1, 2, 3, 4], hot threads=5",
                "-     | 0-7 | -   | -   | cores=[], hot threads=5",
                "-     | 0-7 | 4-7 | -   | cores=[4, 5, 6, 7], hot threads=5",
            })
    void refusesADedicatedLayoutThatCannotBe(
            @Nullable String named,
            String allowed,
            @Nullable String isolated,
            @Nullable Double quota,
            String message) {
        assertThatThrownBy(() ->
                        LayoutChoice.choose(
                                request(Layout.DEDICATED, named),
                                budget(allowed, isolated, quota),
                                HOT))
                .isInstanceOf(LayoutException.class)
                .hasMessageContaining(message)
                .hasMessageContaining(";");
    }

    /** L1, for every small machine: who spins has a core of its own. */
    @ParameterizedTest
    @EnumSource(
            value = Layout.class,
            names = {"AUTO", "DEDICATED"})
    void neverSpinsMoreThreadsThanItHasCoresL1(Layout asked) {
        for (int allowed = 1; allowed <= 8; allowed++) {
            for (int named = 0; named <= 8; named++) {
                for (int hot = 1; hot <= 8; hot++) {
                    String cores = named == 0 ? null : "0-" + (named - 1);
                    CpuBudget budget = budget("0-" + (allowed - 1), null, null);
                    try {
                        LayoutChoice choice =
                                LayoutChoice.choose(request(asked, cores), budget, hot);
                        if (choice.layout() == Layout.DEDICATED) {
                            assertThat(choice.cores()).hasSizeGreaterThanOrEqualTo(hot);
                            assertThat(budget.allowed()).containsAll(choice.cores());
                        }
                    } catch (LayoutException e) {
                        assertThat(asked).isEqualTo(Layout.DEDICATED);
                        assertThat(named < hot || named > allowed).isTrue();
                    }
                }
            }
        }
    }

    @Test
    void asksForNoCoreByDefault() {
        assertThat(LayoutChoice.Request.of(Layout.AUTO).cores()).isEmpty();
    }

    private static LayoutChoice.Request request(Layout layout, @Nullable String named) {
        return named == null
                ? LayoutChoice.Request.of(layout)
                : new LayoutChoice.Request(layout, ProcText.cores(named));
    }

    private static CpuBudget budget(
            String allowed, @Nullable String isolated, @Nullable Double quota) {
        return new CpuBudget(
                ProcText.cores(allowed).size(),
                ProcText.cores(allowed),
                ProcText.cores(isolated == null ? "" : isolated),
                quota == null ? OptionalDouble.empty() : OptionalDouble.of(quota));
    }
}
